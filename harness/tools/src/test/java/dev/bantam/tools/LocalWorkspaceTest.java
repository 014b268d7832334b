package dev.bantam.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.api.Workspace.OutsideWorkspaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalWorkspaceTest {
    @TempDir
    Path temporary;

    private Path root;
    private LocalWorkspace workspace;

    @BeforeEach
    void makeWorkspace() throws IOException {
        Files.createDirectories(temporary.resolve("ws/src"));
        Files.writeString(temporary.resolve("ws/src/a.py"), "");
        Files.writeString(temporary.resolve("secret"), "");
        workspace = LocalWorkspace.at(temporary.resolve("ws"));
        root = workspace.root();
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(root.resolve(name), Path.of(target));
    }

    private void assertOutside(String name) {
        assertThatThrownBy(() -> workspace.resolve(name))
                .as(name)
                .isInstanceOf(OutsideWorkspaceException.class)
                .hasMessageNotContaining("Exception");
    }

    @Test
    void understandsTheWaysOfNamingAFile() throws Exception {
        Path file = root.resolve("src/a.py");
        for (String name : new String[] {
            "src/a.py",
            "./src/a.py",
            "src/../src/./a.py",
            "src//a.py",
            root + "/src/a.py",
            "file://" + root + "/src/a.py",
            " src/a.py ",
            "src/a.py\n",
            "\"src/a.py\"",
            "'src/a.py'",
            "`src/a.py`"
        }) {
            assertThat(workspace.resolve(name)).as(name).isEqualTo(file);
        }
        assertThat(workspace.resolve(".")).isEqualTo(root);
        assertThat(workspace.resolve("src/new/deep.py")).isEqualTo(root.resolve("src/new/deep.py"));
        assertThat(workspace.show(file)).isEqualTo("src/a.py");
        assertThat(workspace.show(root)).isEqualTo(".");
    }

    @Test
    void takesANameWithSpacesOrQuotesThatExistsAsItIs() throws Exception {
        for (String name : new String[] {"'quoted'", " padded ", "line\nbreak", "ünï 日本 🐓"}) {
            Files.writeString(root.resolve(name), "");
            assertThat(workspace.resolve(name)).isEqualTo(root.resolve(name));
        }
    }

    @Test
    void refusesWhatLiesOutside() {
        assertOutside("..");
        assertOutside("../secret");
        assertOutside("src/../../secret");
        assertOutside("/etc/passwd");
        assertOutside(root + "-neighbour/x");
        assertOutside("file:///etc/passwd");
        assertOutside("~/../../etc/passwd");
    }

    @Test
    void refusesWhatIsNoPath() {
        assertOutside("");
        assertOutside("  ");
        assertOutside("a\0b");
        assertOutside("file://%zz");
        assertOutside("file:");
    }

    @Test
    void saysWhichFileInsideWasProbablyMeant() {
        assertThatThrownBy(() -> workspace.resolve("/src/a.py"))
                .hasMessage("/src/a.py is outside the workspace " + root + ". Did you mean src/a.py?");
    }

    @Test
    void followsLinksInside() throws Exception {
        link("to-src", "src");
        link("to-file", "to-src/a.py");
        link("absolute", root + "/src/a.py");

        assertThat(workspace.resolve("to-file")).isEqualTo(root.resolve("src/a.py"));
        assertThat(workspace.resolve("absolute")).isEqualTo(root.resolve("src/a.py"));
        assertThat(workspace.resolve("to-src/new.py")).isEqualTo(root.resolve("src/new.py"));
    }

    @Test
    void refusesLinksThatLeadOutside() throws Exception {
        link("out", "..");
        link("etc", "/etc");
        link("chain3", "../secret");
        link("chain2", "chain3");
        link("chain1", "chain2");
        link("new-outside", "../not-there-yet");

        for (String name : new String[] {"out/secret", "out/new", "etc/passwd", "etc", "chain1", "new-outside"}) {
            assertOutside(name);
        }
    }

    @Test
    void takesTheParentOfALinksTargetNotOfTheLink() throws Exception {
        Files.createDirectories(root.resolve("deep/er"));
        link("src/jump", "../deep/er");

        assertThat(workspace.resolve("src/jump/../x")).isEqualTo(root.resolve("deep/x"));
    }

    @Test
    void refusesDanglingAndCircularLinks() throws Exception {
        link("dangling", "gone.txt");
        link("a", "b");
        link("b", "a");

        assertThatThrownBy(() -> workspace.resolve("dangling"))
                .isInstanceOf(OutsideWorkspaceException.class)
                .hasMessage("dangling is a link to gone.txt, which does not exist. Use that path instead.");
        assertOutside("a");
    }

    @Test
    void resolvesTheWorkspaceItselfThroughLinks() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("link-to-ws"), root);

        LocalWorkspace linked = LocalWorkspace.at(link);

        assertThat(linked.root()).isEqualTo(root);
        assertThat(linked.resolve(link + "/src/a.py")).isEqualTo(root.resolve("src/a.py"));
    }

    @Test
    void isAFolder() {
        assertThatThrownBy(() -> LocalWorkspace.at(root.resolve("src/a.py"))).isInstanceOf(NotDirectoryException.class);
    }
}
