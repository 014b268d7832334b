package dev.bantam.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
    private static final int SOMEBODY = 20_000;

    @TempDir
    Path temporary;

    private Path root;

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectories(temporary.resolve("ws/src")).getParent().toRealPath();
        Files.writeString(temporary.resolve("secret"), "secret");
    }

    @Test
    void opensNoLinkThatWasPlantedInPlaceOfAFile() throws Exception {
        Files.createSymbolicLink(root.resolve("src/planted"), temporary.resolve("secret"));

        try (Folder folder = Folder.open(root, root.resolve("src"))) {
            assertThatThrownBy(() -> folder.readAll("planted")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> folder.create("planted", new byte[1])).isInstanceOf(IOException.class);
        }
        assertThat(temporary.resolve("secret")).hasContent("secret");
    }

    @Test
    void entersNoLinkThatWasPlantedInPlaceOfAFolder() throws Exception {
        Files.createSymbolicLink(root.resolve("planted"), temporary);

        assertThatThrownBy(() -> Folder.open(root, root.resolve("planted"))).isInstanceOf(IOException.class);
    }

    @Test
    void staysInTheFolderThatWasOpenedWhenItsNameIsTakenOver() throws Exception {
        try (Folder folder = Folder.open(root, root.resolve("src"))) {
            Files.move(root.resolve("src"), root.resolve("moved"));
            Files.createSymbolicLink(root.resolve("src"), temporary);

            folder.create("new.txt", new byte[] {'x'});
        }

        assertThat(root.resolve("moved/new.txt")).hasContent("x");
        assertThat(temporary.resolve("new.txt")).doesNotExist();
    }

    @Test
    void whatItMakesBelongsToTheOwnerOfTheFolderAround() throws Exception {
        if ((int) Files.getAttribute(root, "unix:uid") == 0) { // else all of it is the user's own anyway
            for (Path given : List.of(root, root.resolve("src"))) {
                Files.setAttribute(given, "unix:uid", SOMEBODY);
                Files.setAttribute(given, "unix:gid", SOMEBODY);
            }
        }
        try (Folder folder = Folder.make(root, root.resolve("src/new/deep"), new ArrayDeque<>())) {
            folder.create("new.txt", new byte[] {'x'});
        }

        for (String made : List.of("src/new", "src/new/deep", "src/new/deep/new.txt")) {
            for (String whose : List.of("unix:uid", "unix:gid")) {
                assertThat(Files.getAttribute(root.resolve(made), whose))
                        .as(made + " " + whose)
                        .isEqualTo(Files.getAttribute(root.resolve("src"), whose));
            }
        }
    }

    @Test
    void leavesAnExistingFileAloneAndNothingBehind() throws Exception {
        Files.writeString(root.resolve("src/there"), "mine");

        try (Folder folder = Folder.open(root, root.resolve("src"))) {
            assertThatThrownBy(() -> folder.create("there", new byte[1]))
                    .isInstanceOf(FileAlreadyExistsException.class);
        }

        assertThat(root.resolve("src")).isDirectoryNotContaining("glob:**.tmp");
        assertThat(root.resolve("src/there")).hasContent("mine");
    }

    @Test
    void replacesOnlyTheFileThatWasSeen() throws Exception {
        Path file = Files.writeString(root.resolve("src/f"), "old");

        try (Folder folder = Folder.open(root, root.resolve("src"))) {
            var seen = folder.attributes("f");
            Files.writeString(file, "somebody else");
            assertThat(folder.replace("f", new byte[] {'x'}, seen)).isFalse();
        }

        assertThat(file).hasContent("somebody else");
        assertThat(root.resolve("src")).isDirectoryNotContaining("glob:**.tmp");
    }
}
