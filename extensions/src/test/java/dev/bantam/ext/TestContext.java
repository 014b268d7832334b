package dev.bantam.ext;

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
import dev.bantam.skills.Library;
import dev.bantam.testkit.FakeSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an extension under test may know. */
public record TestContext(
        ChatModel chatModel,
        Workspace workspace,
        List<ToolSpec> tools,
        Settings settings,
        Path folders,
        String sessionId,
        Map<String, byte[]> projectFiles,
        List<Message> earlier,
        Sandbox sandbox,
        Optional<Person> person,
        boolean offline,
        HookRunner.Decisions decisions,
        String extension)
        implements ExtensionContext {
    /** Read once: hundreds of sessions are played. */
    private static final Skills SHIPPED = Library.of(Path.of("no such folder"), Map.of());

    /** Of a plain session in which nobody can be asked. */
    public static TestContext of(ChatModel model, Workspace workspace, List<ToolSpec> tools, Settings settings) {
        return new TestContext(
                model,
                workspace,
                tools,
                settings,
                workspace.root().resolveSibling(workspace.root().getFileName() + "-data"),
                "test",
                Map.of(),
                List.of(),
                new FakeSandbox(line -> new FakeSandbox.Answer(0, "")),
                Optional.empty(),
                false,
                (extension, kind, verdict, reason) -> {},
                "test");
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
        return made("data/" + extension);
    }

    @Override
    public Path sessionFolder() {
        return made("sessions/" + sessionId + "/" + extension);
    }

    @Override
    public Path configFolder() {
        return folders.resolve("config");
    }

    @Override
    public Skills skills() {
        Path users = configFolder().resolve("skills");
        return projectFiles.isEmpty() && !Files.exists(users) ? SHIPPED : Library.of(users, projectFiles);
    }

    private Path made(String name) {
        try {
            return Files.createDirectories(folders.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void decided(String kind, String verdict, String reason) {
        decisions.decided(extension, kind, verdict, reason);
    }
}
