package dev.bantam.app;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.ModelInfo;
import dev.bantam.api.Setting;
import dev.bantam.api.ToolSpec;
import dev.bantam.api.Workspace;
import dev.bantam.core.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** What one extension may know of the session. */
record SessionContext(
        String extension,
        String sessionId,
        ChatModel chatModel,
        Workspace workspace,
        Settings settings,
        Path data,
        Supplier<List<ToolSpec>> toolSpecs)
        implements ExtensionContext {
    @Override
    public ModelInfo model() {
        return chatModel.info();
    }

    @Override
    public List<ToolSpec> tools() {
        return toolSpecs.get();
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
        Path folder = data.resolve("extension-data").resolve(extension);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be made", e);
        }
    }
}
