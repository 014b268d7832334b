package dev.bantam.ext.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.SlashCommand;
import dev.bantam.ext.Rig;
import dev.bantam.testkit.FakeSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drives the whole loop; commands really run. */
class CheckpointTest {
    @TempDir
    Path temporary;

    private Path folder;
    private Rig rig;

    @BeforeEach
    void start() throws IOException {
        folder = Files.createDirectory(temporary.resolve("work"));
        put("a.txt", "one\ntwo\nthree\n");
        put("src/b.txt", "b\n");
        rig = rig();
    }

    private Rig rig() {
        return new Rig(folder)
                .with(new Checkpoint())
                .folders(temporary.resolve("data"))
                .sandbox(new FakeSandbox(this::really));
    }

    private void put(String name, String content) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), content);
    }

    private FakeSandbox.Answer really(String line) {
        try {
            Process process = new ProcessBuilder("bash", "-c", line)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new FakeSandbox.Answer(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String command(String name, String rest) {
        return rig.agent().commands().stream()
                .filter(each -> each.name().equals(name))
                .map(SlashCommand::run)
                .findFirst()
                .orElseThrow()
                .apply(rest);
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> all = new TreeMap<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String content = attributes.isSymbolicLink()
                        ? "-> " + Files.readSymbolicLink(file)
                        : Files.readString(file, StandardCharsets.ISO_8859_1) + Files.getPosixFilePermissions(file);
                all.put(folder.relativize(file).toString(), content);
                return FileVisitResult.CONTINUE;
            }
        });
        return all;
    }

    @Test
    void takesBackWhatTheLastPromptChangedAndBringsItAgain() throws IOException {
        Map<String, String> first = files();
        rig.model
                .calls("edit", "path", "a.txt", "old_text", "two", "new_text", "2")
                .says("done");
        rig.run("Edit it");
        Map<String, String> second = files();
        rig.model
                .calls("write", "path", "new/c.txt", "content", "c")
                .calls("edit", "path", "a.txt", "old_text", "three", "new_text", "3")
                .says("done");
        rig.run("More");
        Map<String, String> third = files();

        assertThat(command("undo", "")).contains("A new/c.txt", "M a.txt", "More");
        assertThat(files()).isEqualTo(second);
        assertThat(folder.resolve("new")).doesNotExist();
        assertThat(command("undo", "")).contains("M a.txt");
        assertThat(files()).isEqualTo(first);
        assertThat(command("undo", "")).startsWith("Nothing was changed");
        assertThat(command("redo", "")).contains("a.txt");
        assertThat(files()).isEqualTo(second);
        command("redo", "");
        assertThat(files()).isEqualTo(third);
        assertThat(command("redo", "")).startsWith("Nothing was taken back");
    }

    @Test
    void tellsTheModelWhatTheUserTookBack() {
        rig.model
                .calls("edit", "path", "a.txt", "old_text", "two", "new_text", "2")
                .says("done");
        rig.run("Edit it");
        command("undo", "");
        rig.model.says("I see").says("yes");
        rig.run("Look");

        assertThat(rig.conversation().getLast().text()).contains("took changes back: a.txt");
        rig.run("Again");
        assertThat(rig.conversation().getLast().text()).doesNotContain("took changes back");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rm a.txt src/b.txt",
                "rm -r src",
                "mv a.txt gone.txt",
                "echo x > a.txt",
                "truncate -s 0 a.txt && rm .env",
                "sed -i s/two/2/ a.txt; : > .env",
                "python3 -c \"import os; os.remove('a.txt'); open('fresh','w').write('x')\"",
                "for f in *.txt; do tr a-z A-Z < $f > $f.new && mv $f.new $f; done",
                "cd src && rm b.txt && mkdir -p deep/er && echo 1 > deep/er/f",
                "rm -rf ignored",
                "cp a.txt ignored/keep.txt",
                "chmod +x a.txt",
                "bash -c \"echo bye > .env\"",
                "rm ign*/*.txt .e{nv,xtra} 2>/dev/null",
                "rm \"$PWD/ignored/keep.txt\"",
                "find . -name 'keep*' -delete",
                "for f in keep; do rm ignored/$f.txt; done",
                "echo ignored/keep.txt | xargs rm",
                "python3 -c \"import shutil; shutil.rmtree('ignored')\"",
                "git init -q . && git clean -fdxq && rm -rf .git",
                "rm a.txt; mkdir a.txt; echo in > a.txt/in",
                "rm -r src; echo file > src",
                "mkdir fresh; echo n > fresh/n",
                "awk 'BEGIN { f = sprintf(\"src%cb.txt\", 92); print 1 > f }'",
                "echo long > nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
                        + "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
                        + "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn; rm a.txt",
                "rm link; ln -s a.txt other",
                "dd if=/dev/zero of=a.txt bs=1 count=4 2>/dev/null; tee .env < /dev/null"
            })
    void takesBackWhatACommandDid(String line) throws IOException {
        put(".gitignore", "ignored/\n.env\n");
        put("ignored/keep.txt", "the only copy\n");
        put(".env", "KEY=1\n");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("src/b.txt"));
        Map<String, String> before = files();
        rig.model.calls("bash", "command", line).says("done");
        rig.run("Do it");
        Map<String, String> after = files();
        assertThat(after).isNotEqualTo(before);

        String said = command("undo", "");
        assertThat(files()).as(said).isEqualTo(before);
        command("redo", "");
        assertThat(files()).isEqualTo(after);
    }

    @Test
    void keepsNothingOfWhatACommandOnlyReads() throws IOException {
        rig.model.calls("bash", "command", "cat a.txt src/b.txt; ls -R").says("done");
        rig.run("Look");

        assertThat(stored()).isZero();
        assertThat(command("diff", "")).isEqualTo("No file differs.");
    }

    @Test
    void restoresToAnyTurnAndListsTheFilesBefore() throws IOException {
        Map<String, String> first = files();
        rig.model
                .calls("edit", "path", "a.txt", "old_text", "one", "new_text", "1")
                .calls("edit", "path", "src/b.txt", "old_text", "b", "new_text", "B")
                .calls("bash", "command", "rm src/b.txt")
                .says("done");
        rig.run("Three turns");

        assertThat(command("restore", "")).contains("1  ", "2  ", "3  ", "D src/b.txt", "Three turns");
        Map<String, String> third = files();
        assertThat(command("restore", "2"))
                .contains("D src/b.txt")
                .doesNotContain("a.txt")
                .contains("/restore 2 now");
        assertThat(files()).isEqualTo(third);
        command("restore", "2 now");
        assertThat(Files.readString(folder.resolve("src/b.txt"))).isEqualTo("b\n");
        assertThat(Files.readString(folder.resolve("a.txt"))).startsWith("1\n");
        command("restore", "1 now");
        assertThat(files()).isEqualTo(first);
        command("redo", "");
        command("redo", "");
        assertThat(files()).isEqualTo(third);
        assertThat(command("restore", "9")).startsWith("There is no turn 9");
    }

    @Test
    void leavesWhatSomebodyElseHasChangedSince() throws IOException {
        rig.model
                .calls("edit", "path", "a.txt", "old_text", "two", "new_text", "2")
                .says("done");
        rig.run("Edit it");
        put("a.txt", "my own work\n");

        assertThat(command("undo", "")).contains("Nothing was taken back", "a.txt: changed since by somebody else");
        assertThat(Files.readString(folder.resolve("a.txt"))).isEqualTo("my own work\n");
        command("undo", "force");
        assertThat(Files.readString(folder.resolve("a.txt"))).isEqualTo("one\ntwo\nthree\n");
        command("redo", "");
        assertThat(Files.readString(folder.resolve("a.txt"))).isEqualTo("my own work\n");
    }

    @Test
    void redoLeavesWhatSomebodyElseHasChangedSince() throws IOException {
        rig.model.calls("bash", "command", "echo B > a.txt; echo new > c.txt").says("done");
        rig.run("Edit it");
        command("undo", "");
        put("a.txt", "my own work\n");

        assertThat(command("redo", "")).contains("c.txt", "a.txt: changed since by somebody else");
        assertThat(Files.readString(folder.resolve("a.txt"))).isEqualTo("my own work\n");
        assertThat(folder.resolve("c.txt")).exists();
        assertThat(command("undo", "")).contains("A c.txt").doesNotContain("a.txt");
    }

    @Test
    void whatSomebodyElseDidBetweenTurnsIsNotPassedOver() throws IOException {
        rig.model
                .calls("edit", "path", "a.txt", "old_text", "two", "new_text", "2")
                .says("done");
        rig.run("One");
        put("a.txt", "my own work\n");
        rig.model.calls("bash", "command", "echo more >> a.txt").says("done");
        rig.run("Two");

        assertThat(command("restore", "1 now")).contains("a.txt: changed since by somebody else");
        assertThat(command("undo", "")).contains("M a.txt");
        assertThat(Files.readString(folder.resolve("a.txt"))).isEqualTo("my own work\n");
    }

    @Test
    void aFileThatIsLeftStaysWithItsOwnTurn() throws IOException {
        rig.model
                .calls("bash", "command", "echo B > a.txt; mkdir new; echo n > new/n")
                .says("done");
        rig.run("One");
        rig.model.calls("bash", "command", "echo C > a.txt").says("done");
        rig.run("Two");
        put("a.txt", "my own work\n");

        command("undo", "");
        command("undo", "force");
        assertThat(Files.readString(folder.resolve("a.txt"))).isEqualTo("B\n");
        assertThat(folder.resolve("new/n")).exists();
        rig.model.calls("write", "path", "other.txt", "content", "x").says("done");
        rig.run("Three");
        command("undo", "");
        command("redo", "");
        command("redo", "force");
        assertThat(Files.readString(folder.resolve("a.txt"))).isEqualTo("my own work\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cp data.csv /dev/stdout | wc -c",
                "wc -c data.csv > count",
                "mv data.csv other.csv",
                "git add data.csv"
            })
    void aLargeFileThatIsOnlyReadOrMovedIsNoReasonToAsk(String line) throws IOException {
        rig = rig().set("checkpoint.file-mb", 1);
        put("data.csv", "x".repeat(1_100_000));
        rig.model.calls("bash", "command", line).says("done");
        rig.run("Go");

        assertThat(rig.sandbox.commands()).hasSize(1);
    }

    @Test
    void manyFilesOfAFolderThatGitIgnoresComeBack() throws IOException {
        put(".gitignore", "data/\n");
        for (int i = 0; i < 3_000; i++) {
            put("data/" + i, "line " + i);
        }
        rig.model.calls("bash", "command", "rm -r data").says("done");
        rig.run("Go");
        command("undo", "");

        try (var files = Files.list(folder.resolve("data"))) {
            assertThat(files).hasSize(3_000);
        }
    }

    @Test
    void writesNothingThroughALinkThatACommandPlanted() throws IOException {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        rig.model
                .calls("edit", "path", "src/b.txt", "old_text", "b", "new_text", "B")
                .says("done");
        rig.run("Edit it");
        really("rm -r src && ln -s '" + outside + "' src");

        assertThat(command("undo", "force")).contains("is a link now");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void showsWhatTheSessionChanged() {
        rig.model
                .calls("edit", "path", "a.txt", "old_text", "two", "new_text", "2")
                .calls("write", "path", "c.txt", "content", "c\n")
                .says("done");
        rig.run("Edit it");

        assertThat(command("diff", ""))
                .contains("--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n")
                .contains("--- /dev/null\n+++ b/c.txt\n@@ -0,0 +1 @@\n+c\n");
        assertThat(command("diff", "2")).contains("c.txt").doesNotContain("a.txt");
        assertThat(command("diff", "x")).startsWith("/diff takes the number of a turn");
    }

    @Test
    void aSessionThatIsTakenUpAgainCanStillTakeBack() throws IOException {
        Map<String, String> first = files();
        rig.model.calls("bash", "command", "rm a.txt").says("done");
        rig.run("Remove it");
        rig.close();

        rig = rig();
        assertThat(command("undo", "")).contains("D a.txt", "Remove it");
        assertThat(files()).isEqualTo(first);
        rig.close();
        rig = rig();
        command("redo", "");
        assertThat(folder.resolve("a.txt")).doesNotExist();
    }

    /** The program is killed while a command runs: nothing is told of its end, and a new process opens the session. */
    @Test
    void whatACommandRemovedDuringWhichTheProgramWasKilledComesBack() throws IOException {
        Map<String, String> first = files();
        Path ledger = temporary.resolve("data/sessions/test/checkpoint/turns.tsv");
        String[] atDeath = new String[1];
        FakeSandbox copying = new FakeSandbox(line -> {
            FakeSandbox.Answer answer = really(line);
            try {
                atDeath[0] = Files.readString(ledger);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return answer;
        });
        rig.sandbox(copying).model.calls("bash", "command", "rm a.txt").says("done");
        rig.run("Remove it");
        Files.writeString(ledger, atDeath[0]);

        rig = rig();
        assertThat(command("undo", "")).contains("a.txt", "a call that was cut off");
        assertThat(files()).isEqualTo(first);
    }

    @Test
    @Timeout(60)
    void commandsOfAnyLengthAreRead() {
        for (String part : List.of("a\\ b", "word ", "{", "sed -n ", "cp a ", "git -c x ", "\"", "$x ", "cp ")) {
            String command = "sed -n x; cp " + part.repeat(20_000) + " 'not closed";
            assertThat(names(command, folder)).as(part).contains("sed");
        }
    }

    @Test
    void twoSessionsAtOnceKnowNothingOfEachOther() throws IOException {
        Rig other = rig().session("other");
        rig.model
                .calls("edit", "path", "a.txt", "old_text", "two", "new_text", "2")
                .says("done");
        other.model
                .calls("edit", "path", "src/b.txt", "old_text", "b", "new_text", "B")
                .says("done");
        rig.run("One");
        other.run("Other");

        command("undo", "");
        assertThat(Files.readString(folder.resolve("a.txt"))).contains("two");
        assertThat(Files.readString(folder.resolve("src/b.txt"))).isEqualTo("B\n");
    }

    @Test
    void whatIsTooLargeToKeepIsNotLostUnasked() throws IOException {
        rig = rig().set("checkpoint.file-mb", 1);
        put("data.csv", "x".repeat(1_100_000));
        rig.model
                .calls("bash", "command", "rm data.csv")
                .calls("bash", "command", "wc -c data.csv")
                .says("done");
        rig.run("Tidy up");

        assertThat(folder.resolve("data.csv")).exists();
        assertThat(rig.sandbox.commands()).hasSize(1);
        assertThat(rig.decisions()).containsExactly("checkpoint call refused");
        assertThat(rig.conversation())
                .anyMatch(message -> message.text().startsWith("bash refused: it may delete or overwrite data.csv"));
    }

    @Test
    void whatCannotBeNotedIsNotLostUnasked() throws IOException {
        Files.createDirectories(temporary.resolve("data/sessions/test/checkpoint/turns.tsv")); // cannot be written
        rig.model
                .calls("bash", "command", "rm a.txt")
                .calls("bash", "command", "cat a.txt")
                .says("done");
        rig.run("Tidy up");

        assertThat(folder.resolve("a.txt")).exists();
        assertThat(rig.sandbox.commands()).hasSize(1);
    }

    @Test
    void whatIsTooLargeToKeepGoesWhenThePersonSaysSo() throws IOException {
        rig = rig().set("checkpoint.file-mb", 1);
        rig.asking((question, choices) -> {
            assertThat(question).contains("data.csv", "rm data.csv");
            return java.util.Optional.of(0);
        });
        put("data.csv", "x".repeat(1_100_000));
        rig.model.calls("bash", "command", "rm data.csv").says("done");
        rig.run("Tidy up");

        assertThat(folder.resolve("data.csv")).doesNotExist();
    }

    @Test
    void theStoreTakesNoMoreThanWhatChangedAndNoMoreThanItsCap() throws IOException {
        byte[] noise = new byte[900_000];
        new Random(1).nextBytes(noise);
        rig = rig().set("checkpoint.max-mb", 2);
        for (int i = 0; i < 4; i++) {
            Files.write(folder.resolve("noise" + i), noise);
            noise[0]++;
            put("still" + i + ".txt", "does not change\n".repeat(1000));
            rig.model.calls("bash", "command", "wc -c still*; rm noise" + i);
        }
        rig.model.says("done");
        rig.run("Remove them");

        assertThat(stored()).isLessThan(2 << 20).isGreaterThan(2 * 900_000);
        assertThat(command("restore", "")).contains("noise3", "noise2").doesNotContain("noise0");
        command("undo", "");
        assertThat(folder.resolve("noise3")).exists();
    }

    @Test
    void theUsersRepositoryIsNotTouched() throws IOException {
        really("git init -q . && git add -A && git -c user.email=a -c user.name=a commit -qm x");
        Map<String, String> git = new TreeMap<>(files());
        git.keySet().removeIf(name -> !name.startsWith(".git/"));
        rig.model
                .calls("edit", "path", "a.txt", "old_text", "two", "new_text", "2")
                .calls("bash", "command", "rm src/b.txt")
                .says("done");
        rig.run("Edit it");
        command("undo", "");

        Map<String, String> now = new TreeMap<>(files());
        now.keySet().removeIf(name -> !name.startsWith(".git/"));
        assertThat(now).isEqualTo(git);
    }

    @Test
    void itsObjectsAreThoseOfGit() throws IOException {
        rig.model.calls("bash", "command", "rm a.txt").says("done");
        rig.run("Remove it");
        really("git init -q '" + temporary.resolve("look") + "'");
        Path objects;
        try (var found = Files.find(temporary.resolve("data"), 9, (path, attributes) -> path.endsWith("objects"))) {
            objects = found.findFirst().orElseThrow();
        }

        assertThat(really("cd '" + temporary.resolve("look") + "' && GIT_ALTERNATE_OBJECT_DIRECTORIES='" + objects
                                + "' git cat-file -p "
                                + BlobStore.id("one\ntwo\nthree\n".getBytes(StandardCharsets.UTF_8)))
                        .output())
                .isEqualTo("one\ntwo\nthree\n");
    }

    private static Set<String> names(String command, Path root) {
        return NamedFiles.find(command, root).names();
    }

    private long stored() throws IOException {
        long[] bytes = new long[1];
        Path data = temporary.resolve("data/sessions");
        if (Files.exists(data)) {
            Files.walkFileTree(data, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    bytes[0] += file.toString().contains("objects") ? attributes.size() : 0;
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return bytes[0];
    }

    @Test
    void namesInACommandAreFound() throws IOException {
        put("with space.txt", "x");
        assertThat(names("rm 'with space.txt' \"a.txt\" src/*.txt", folder))
                .contains("with space.txt", "a.txt", "src/b.txt");
        assertThat(names("cd src; rm b.txt", folder)).contains("src/b.txt");
        assertThat(names("rm with\\ space.txt>a.txt", folder)).contains("with space.txt", "a.txt");
        assertThat(names("rm -rf ../work/src /etc/passwd", folder)).containsExactlyInAnyOrder("src", "src/b.txt", "rm");
        assertThat(List.copyOf(names("dd of=a.txt", folder))).contains("a.txt");
    }
}
