package dev.bantam.ext;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.ModelInfo;
import dev.bantam.api.Setting;
import dev.bantam.api.ToolSpec;
import dev.bantam.api.Workspace;
import dev.bantam.core.settings.Settings;
import java.nio.file.Path;
import java.util.List;

/** What an extension under test may know. */
public record TestContext(ChatModel chatModel, Workspace workspace, List<ToolSpec> tools, Settings settings)
        implements ExtensionContext {
    @Override
    public String sessionId() {
        return "test";
    }

    @Override
    public ModelInfo model() {
        return chatModel.info();
    }

    @Override
    public int countTokens(String text) {
        return chatModel.countTokens(text);
    }

    @Override
    public <T> T setting(Setting<T> setting) {
        return settings.get(setting);
    }

    @Override
    public Path dataFolder() {
        return workspace.root().resolve("../data").normalize();
    }
}
