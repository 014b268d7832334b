package dev.bantam.ext.shellsession;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Event;
import dev.bantam.ext.Rig;
import dev.bantam.ext.loopguard.LoopGuard;
import dev.bantam.ext.permission.Permission;
import dev.bantam.ext.secretmask.SecretMask;
import dev.bantam.testkit.FakeSandbox;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for {@code bash} holds for the shell that stays, for its commands and for what is typed. */
class ShellAsBashTest {
    /** Made up, and put together from halves, so that no scanner of repositories takes it for real. */
    private static final String KEY = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";

    @TempDir
    Path folder;

    private PretendedShell shell;
    private Rig rig;

    @BeforeEach
    void pretend() {
        shell = new PretendedShell(folder.toString());
        rig = new Rig(folder)
                .with(new ShellSession())
                .with(new Permission())
                .with(new SecretMask())
                .with(new LoopGuard())
                .sandbox(new FakeSandbox(shell));
    }

    private List<String> results() {
        return rig.events(Event.ToolFinished.class).stream()
                .map(event -> event.result().content())
                .toList();
    }

    @Test
    void whatDestroysIsRefusedHoweverItIsGiven() {
        rig.model
                .calls("shell", "command", "ls; rm -rf ~")
                .calls("shell", "input", "rm -rf ~")
                .calls("shell", "command", "rm -rf ~", "job", "tidy")
                .calls("shell", "command", "cd ..")
                .calls("shell", "command", "find . -delete")
                .says("I left it.");

        rig.run("Tidy up.");

        assertThat(shell.ran()).containsExactly("cd ..");
        assertThat(results())
                .filteredOn(text -> text.startsWith("shell refused: `"))
                .hasSize(4);
    }

    @Test
    void whatItPrintsIsMaskedAndAPlaceholderIsNotRun() {
        shell.on("./publish", 1, KEY + " is expired\r\n");
        rig.model
                .calls("shell", "command", "./publish")
                .calls("shell", "command", "login [secret:github-token:01234567]")
                .says("The token is expired.");

        rig.run("Publish.");

        assertThat(rig.conversation().toString()).doesNotContain(KEY);
        assertThat(results().getFirst()).contains("[secret:github-token:").contains("is expired");
        assertThat(shell.ran()).containsExactly("./publish");
    }

    @Test
    void repeatingACommandInItIsALoop() {
        shell.on("make", 2, "no rule\r\n");
        for (int i = 0; i < 3; i++) {
            rig.model.calls("shell", "command", "make");
        }
        rig.model.says("It cannot be built.");

        rig.run("Build it.");

        assertThat(rig.decisions()).contains("loop-guard turn nudge");
        assertThat(rig.lastRead()).contains("shell {\"command\": \"make\"}");
    }
}
