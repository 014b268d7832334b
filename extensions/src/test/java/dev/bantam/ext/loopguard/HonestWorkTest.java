package dev.bantam.ext.loopguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Event;
import dev.bantam.api.Event.Outcome;
import dev.bantam.api.Part;
import dev.bantam.api.ToolResult;
import dev.bantam.ext.Rig;
import dev.bantam.ext.ScriptedBash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Work that repeats itself for good reasons is neither stopped nor talked to. */
class HonestWorkTest {
    @TempDir
    Path folder;

    /** Plays a job: what the model calls, and what its commands print. */
    @FunctionalInterface
    private interface Play {
        void in(Rig rig, ScriptedBash bash, Path folder) throws IOException;
    }

    record Job(String name, Play play) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Job> jobs() {
        return Stream.of(
                job("waits for a server that is slow", (rig, bash, folder) -> {
                    times(12, rig, "sleep 5; curl -s localhost:8080/health");
                    bash.prints(same(11, "connection refused")).prints("up");
                }),
                job("asks a server until it is up", (rig, bash, folder) -> {
                    times(8, rig, "curl -s localhost:8080/health");
                    bash.prints(same(7, "connection refused")).prints("up");
                }),
                job("watches a job in the background", (rig, bash, folder) -> {
                    times(7, rig, "ps aux | grep train");
                    bash.prints(same(7, "python train.py"));
                }),
                job("follows a log that does not grow for a while", (rig, bash, folder) -> {
                    times(9, rig, "tail -n 5 train.log");
                    bash.prints(same(6, "epoch 1 of 9")).prints("epoch 2 of 9", "epoch 3 of 9", "done");
                }),
                job("reads a long file page by page", (rig, bash, folder) -> {
                    Files.writeString(folder.resolve("long.txt"), "the same on every page\n");
                    for (int i = 0; i < 15; i++) {
                        rig.model.calls("read", "path", "long.txt", "offset", 1 + i * 100, "limit", 100);
                    }
                }),
                job("pages with sed", (rig, bash, folder) -> {
                    for (int i = 0; i < 12; i++) {
                        rig.model.calls("bash", "command", "sed -n " + (1 + i * 50) + ",+49p big.txt");
                    }
                    bash.prints(same(12, ""));
                }),
                job("runs the tests after each edit", (rig, bash, folder) -> {
                    Files.writeString(folder.resolve("a.py"), "x = 0\n");
                    edits(8, rig, "pytest -q");
                    bash.fails(same(4, "1 failed in 0.1s")).prints(same(4, "1 passed in 0.1s"));
                }),
                job("runs the tests after each change by a command", (rig, bash, folder) -> {
                    for (int i = 0; i < 6; i++) {
                        String content = "step " + i;
                        rig.model.calls("bash", "command", "./generate").calls("bash", "command", "make test");
                        bash.does(command -> {
                                    Files.writeString(folder.resolve("generated.txt"), content);
                                    return new ToolResult.Done("generated");
                                })
                                .prints("all tests pass");
                    }
                }),
                job("looks at the file after each edit", (rig, bash, folder) -> {
                    Files.writeString(folder.resolve("a.py"), "x = 0\n");
                    for (int i = 0; i < 8; i++) {
                        rig.model
                                .calls("edit", "path", "a.py", "old_text", "x = " + i, "new_text", "x = " + (i + 1))
                                .calls("read", "path", "a.py");
                    }
                }),
                job("reads many files", (rig, bash, folder) -> {
                    for (int i = 0; i < 16; i++) {
                        Files.writeString(folder.resolve(i + ".txt"), "licence header\n");
                        rig.model.calls("read", "path", i + ".txt");
                    }
                }),
                job("searches for many words in vain", (rig, bash, folder) -> {
                    for (String word : "alpha beta gamma delta epsilon zeta eta theta".split(" ")) {
                        rig.model.calls("bash", "command", "grep -rn " + word + " src || true");
                    }
                    bash.prints(same(8, ""));
                }),
                job("tries three places for a file", (rig, bash, folder) -> {
                    Files.writeString(folder.resolve("d.cfg"), "here");
                    for (String path : List.of("a.cfg", "b.cfg", "c.cfg", "d.cfg")) {
                        rig.model.calls("read", "path", path);
                    }
                }),
                job("writes many files", (rig, bash, folder) -> {
                    for (int i = 0; i < 14; i++) {
                        rig.model.calls("write", "path", "m" + i + ".py", "content", "pass\n");
                    }
                }),
                job("makes many small edits in one file", (rig, bash, folder) -> {
                    Files.writeString(folder.resolve("a.py"), "x = 0\n");
                    for (int i = 0; i < 14; i++) {
                        rig.model.calls("edit", "path", "a.py", "old_text", "x = " + i, "new_text", "x = " + (i + 1));
                    }
                }),
                job("runs a flaky test a second time", (rig, bash, folder) -> {
                    times(2, rig, "pytest -q test_flaky.py");
                    bash.fails("1 failed").fails("1 failed");
                }),
                job("hits twice the wrong text and then the right one", (rig, bash, folder) -> {
                    Files.writeString(folder.resolve("a.py"), "x = 0\n");
                    rig.model
                            .calls("edit", "path", "a.py", "old_text", "x=0", "new_text", "x = 1")
                            .calls("edit", "path", "a.py", "old_text", "x =  0", "new_text", "x = 1")
                            .calls("read", "path", "a.py")
                            .calls("edit", "path", "a.py", "old_text", "x = 0", "new_text", "x = 1");
                }),
                job("trains step by step, with its state among the results of builds", (rig, bash, folder) -> {
                    times(7, rig, "./train --one-step");
                    Files.createDirectories(folder.resolve("build/state"));
                    for (int i = 0; i < 7; i++) {
                        String state = "step " + i;
                        bash.does(command -> {
                            Files.writeString(folder.resolve("build/state/step"), state);
                            return new ToolResult.Done("step ok");
                        });
                    }
                }),
                job("installs what is missing, piece by piece", (rig, bash, folder) -> {
                    for (String name : List.of("requests", "numpy", "pandas", "scipy", "flask")) {
                        rig.model
                                .calls("bash", "command", "python app.py")
                                .calls("bash", "command", "pip install -q " + name);
                        bash.fails("ModuleNotFoundError: No module named '" + name + "'")
                                .prints("");
                    }
                }),
                job("looks at the state of git between commits", (rig, bash, folder) -> {
                    for (int i = 0; i < 6; i++) {
                        rig.model
                                .calls("write", "path", "c" + i + ".txt", "content", "c")
                                .calls("bash", "command", "git commit -qam 'Add c" + i + "'")
                                .calls("bash", "command", "git status --short");
                        bash.prints("", "");
                    }
                }),
                job("bisects", (rig, bash, folder) -> {
                    for (int i = 7; i > 0; i--) {
                        rig.model.calls("bash", "command", "git bisect good");
                        bash.prints("Bisecting: " + i + " revisions left to test after this");
                    }
                }),
                job("measures several times", (rig, bash, folder) -> {
                    times(6, rig, "./bench");
                    bash.prints(
                            "12.31 ms/op", "12.52 ms/op", "12.29 ms/op", "12.40 ms/op", "12.33 ms/op", "12.61 ms/op");
                }),
                job("fixes one compile error after another", (rig, bash, folder) -> {
                    Files.writeString(folder.resolve("a.py"), "x = 0\n");
                    edits(7, rig, "make");
                    bash.fails("a.c:1: error", "a.c:9: error", "a.c:12: error", "b.c:1: error", "b.c:2: error");
                }),
                job("asks a job of a tool of its own", (rig, bash, folder) -> {
                    times(9, rig, "kill -0 4711 && echo alive");
                    bash.prints(same(9, "alive"));
                }),
                job("tries variants of a query that fail in their own ways", (rig, bash, folder) -> {
                    for (String column : List.of("id", "uid", "user", "owner", "author")) {
                        rig.model.calls("bash", "command", "sqlite3 db 'select " + column + " from t'");
                        bash.fails("Error: no such column: " + column);
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void isLeftAlone(Job job) throws IOException {
        ScriptedBash bash = new ScriptedBash();
        Rig rig = new Rig(folder).with(new LoopGuard()).tools(bash.withFiles());
        job.play().in(rig, bash, folder);
        rig.model.says("done");

        Event.RunFinished finished = rig.agent().run(List.of(new Part.Text("Do it.")));

        assertThat(finished.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.decisions()).isEmpty();
    }

    private static Job job(String name, Play play) {
        return new Job(name, play);
    }

    private static void times(int times, Rig rig, String command) {
        for (int i = 0; i < times; i++) {
            rig.model.calls("bash", "command", command);
        }
    }

    private static void edits(int times, Rig rig, String check) {
        for (int i = 0; i < times; i++) {
            rig.model
                    .calls("edit", "path", "a.py", "old_text", "x = " + i, "new_text", "x = " + (i + 1))
                    .calls("bash", "command", check);
        }
    }

    private static String[] same(int times, String output) {
        String[] outputs = new String[times];
        Arrays.fill(outputs, output);
        return outputs;
    }
}
