package dev.bantam.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.api.ToolResult;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a command in the sandbox may put into the workspace so that the tools on the host reach outside, or hang. */
@Timeout(60)
class PlantedFilesTest {
    private static final String SECRET = "the-secret-of-the-host";
    private static final int ROUNDS = 40;

    @TempDir
    Path temporary;

    private ToolBench bench;
    private Path outside;

    @BeforeEach
    void start() throws IOException {
        bench = new ToolBench(temporary);
        outside = Files.createDirectory(temporary.resolve("outside"));
        Files.writeString(outside.resolve("a.txt"), SECRET + "\n");
    }

    private static void makePipe(Path path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
    }

    /** Puts one thing and then another in a file's or folder's place, as fast as it can. */
    private final class Swapper implements AutoCloseable {
        private final AtomicBoolean over = new AtomicBoolean();
        private final Thread thread;

        Swapper(Path place, Path one, Path other) {
            thread = Thread.ofPlatform().daemon().start(() -> {
                Path gone = bench.root.resolve("gone");
                while (!over.get()) {
                    move(one, place);
                    move(place, gone);
                    move(other, place);
                    move(place, other);
                    move(gone, one);
                }
                move(one, place);
            });
        }

        private static void move(Path from, Path to) {
            try {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                // the tool has the place for a moment
            }
        }

        boolean isAtWork() {
            return thread.isAlive();
        }

        @Override
        public void close() {
            over.set(true);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void pipesSocketsAndLinksToDevicesAreNoFiles() throws Exception {
        makePipe(bench.root.resolve("pipe"));
        Files.createSymbolicLink(bench.root.resolve("zero"), Path.of("/dev/zero"));
        Files.createSymbolicLink(bench.root.resolve("self"), Path.of("/proc/self"));
        Files.createSymbolicLink(bench.root.resolve("pipe-link"), Path.of("pipe"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(bench.root.resolve("socket")));
            for (String name : List.of("pipe", "zero", "pipe-link", "socket", "self/environ", "self/root/etc/passwd")) {
                assertThat(bench.call("read", "path", name)).as(name).isInstanceOf(ToolResult.Refused.class);
                assertThat(bench.call("edit", "path", name, "old_text", "a", "new_text", "b"))
                        .as(name)
                        .isInstanceOf(ToolResult.Refused.class);
                assertThat(bench.call("write", "path", name, "content", "b"))
                        .as(name)
                        .isInstanceOf(ToolResult.Refused.class);
            }
            assertThat(bench.text("grep", "pattern", ".")).startsWith("No match");
        }
    }

    @Test
    void aPipeThatTakesAFilesPlaceHoldsNobodyUp() throws Exception {
        makePipe(bench.root.resolve("pipe"));
        try (Folder folder = Folder.open(bench.root, bench.root)) {
            assertThatThrownBy(() -> folder.read("pipe")).hasMessageContaining("became a pipe");
        }
    }

    @Test
    void aFileIsNoPipeWhenTheThreadIsInterruptedOnceItIsOpen() throws Exception {
        try (SeekableByteChannel open = Files.newByteChannel(bench.file("a.txt", "text"))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> Opening.seekable("a.txt", open)).isInstanceOf(ClosedByInterruptException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aPipeThatSomebodyFillsIsNotReadForEver() throws Exception {
        makePipe(bench.root.resolve("pipe"));
        Process writer = new ProcessBuilder("sh", "-c", "exec yes > '" + bench.root.resolve("pipe") + "'").start();
        try (Folder folder = Folder.open(bench.root, bench.root)) {
            assertThatThrownBy(() -> folder.read("pipe")).hasMessageContaining("became a pipe");
        } finally {
            writer.destroyForcibly();
        }
    }

    @Test
    void aLinkInPlaceOfAFileBetweenLookingAndReadingShowsNothing() throws Exception {
        Path file = bench.file("mine", "mine\n");
        Path link = Files.createSymbolicLink(bench.root.resolve("link"), outside.resolve("a.txt"));
        try (Swapper swapper = new Swapper(bench.root.resolve("a.txt"), file, link)) {
            for (int i = 0; i < ROUNDS && swapper.isAtWork(); i++) {
                assertThat(bench.text("read", "path", "a.txt")).doesNotContain(SECRET);
                assertThat(bench.text("grep", "pattern", "secret")).doesNotContain(SECRET);
                bench.call("edit", "path", "a.txt", "old_text", "secret", "new_text", "changed");
            }
        }
        assertThat(outside.resolve("a.txt")).hasContent(SECRET);
    }

    @Test
    void aLinkInPlaceOfAFolderLeadsNoToolOutside() throws Exception {
        Path folder = bench.file("mine/a.txt", "mine\n").getParent();
        Path link = Files.createSymbolicLink(bench.root.resolve("link"), outside);
        Files.createFile(outside.resolve("only-outside"));
        try (Swapper swapper = new Swapper(bench.root.resolve("src"), folder, link)) {
            for (int i = 0; i < ROUNDS && swapper.isAtWork(); i++) {
                assertThat(bench.text("read", "path", "src/a.txt")).doesNotContain(SECRET);
                assertThat(bench.text("ls", "path", "src")).doesNotContain("only-outside");
                assertThat(bench.text("glob", "pattern", "**/only*")).doesNotContain("only-outside");
                assertThat(bench.text("grep", "pattern", "secret")).doesNotContain(SECRET);
                bench.call("write", "path", "src/new" + i + "/deep/b.txt", "content", "x");
                bench.call("edit", "path", "src/a.txt", "old_text", "secret", "new_text", "changed");
            }
        }
        try (Stream<Path> all = Files.list(outside)) {
            assertThat(all.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("a.txt", "only-outside");
        }
        assertThat(outside.resolve("a.txt")).hasContent(SECRET);
    }

    @Test
    void anEditDoesNotReachThroughAHardLink() throws Exception {
        Files.createLink(bench.root.resolve("hard.txt"), outside.resolve("a.txt"));

        assertThat(bench.call("edit", "path", "hard.txt", "old_text", SECRET, "new_text", "changed"))
                .isInstanceOf(ToolResult.Done.class);

        assertThat(bench.root.resolve("hard.txt")).hasContent("changed");
        assertThat(outside.resolve("a.txt")).hasContent(SECRET);
    }

    @Test
    void foldersThatWereMadeForAFileThatFailsAreTakenBack() throws Exception {
        Files.writeString(bench.root.resolve("file"), "x");

        assertThat(bench.call("write", "path", "new/deep/" + "n".repeat(300), "content", "x"))
                .isInstanceOf(ToolResult.Failed.class);

        assertThat(bench.root.resolve("new")).doesNotExist();
        assertThat(bench.root).isDirectoryNotContaining("glob:**.tmp");
    }
}
