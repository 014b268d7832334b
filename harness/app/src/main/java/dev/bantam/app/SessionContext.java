package dev.bantam.app;

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
record SessionContext(
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

    @Override
    public Path dataFolder() {
        return made(places.data().resolve("extension-data").resolve(extension));
    }

    @Override
    public Path sessionFolder() {
        return made(sessionData.of(extension));
    }

    @Override
    public Path configFolder() {
        return places.config();
    }

    @Override
    public void decided(String kind, String verdict, String reason) {
        decisions.decided(extension, kind, verdict, reason);
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be made", e);
        }
    }
}
