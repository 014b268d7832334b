package dev.bantam.app.sessions;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Message;
import dev.bantam.api.ModelInfo;
import dev.bantam.api.Person;
import dev.bantam.api.Sandbox;
import dev.bantam.api.Setting;
import dev.bantam.api.Skills;
import dev.bantam.api.ToolSpec;
import dev.bantam.api.Workspace;
import dev.bantam.app.setup.Places;
import dev.bantam.core.hooks.HookRunner;
import dev.bantam.core.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What one extension may know of the session. */
public record SessionContext(
        String extension,
        String sessionId,
        ChatModel chatModel,
        Workspace workspace,
        Settings settings,
        Places places,
        SessionData sessionData,
        Map<String, byte[]> projectFiles,
        Skills skills,
        List<Message> earlier,
        Sandbox sandbox,
        Optional<Person> person,
        boolean offline,
        Supplier<List<ToolSpec>> toolSpecs,
        HookRunner.Decisions decisions)
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

    /** Where nothing of the session is kept, a data folder that cannot be written does not matter either. */
    @Override
    public Path dataFolder() {
        Path folder = places.data().resolve("extension-data").resolve(extension);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            if (!sessionData.kept()) {
                return inSession(extension + "-data");
            }
            throw new UncheckedIOException("the folder " + folder + " cannot be made", e);
        }
    }

    @Override
    public Path sessionFolder() {
        return inSession(extension);
    }

    private Path inSession(String name) {
        try {
            return sessionData.of(name);
        } catch (IOException e) {
            throw new UncheckedIOException("a folder for the session's data cannot be made", e);
        }
    }

    @Override
    public Path configFolder() {
        return places.config();
    }

    @Override
    public void decided(String kind, String verdict, String reason) {
        decisions.decided(extension, kind, verdict, reason);
    }
}
