package dev.bantam.evals;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that are ended from outside. */
class KilledIT {
    private Packaged bantam;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        bantam = new Packaged(folder);
    }

    @Test
    void aKilledSessionIsReadableAndGoesOn() throws Exception {
        bantam.file("a.txt", "one\n");
        String script = bantam.script(
                Said.call("read", "path", "a.txt"),
                Said.call("edit", "path", "a.txt", "old_text", "one", "new_text", "two"),
                Said.call("bash", "command", "echo begun; sleep 300"));
        Running running = bantam.start("-p", "Wait long", "--json", "--sandbox", "none", "-m", script);
        running.awaitOutput("echo begun");
        running.kill().forEach(ProcessHandle::destroyForcibly);
        String kept = Files.readString(bantam.session());
        assertThat(kept).endsWith("\n").contains("Wait long", "sleep 300");
        try (ModelServer server = ModelServer.saying(Said.text("I was interrupted."))) {
            Run resumed = bantam.run("-c", "-p", "Go on", "--json", "-m", "llamacpp/", "--base-url", server.url());
            assertThat(resumed.exit()).as(resumed.err()).isZero();
            assertThat(resumed.err()).isEmpty();
            assertThat(server.chats().getFirst())
                    .contains("Wait long", "\"new_text\\\":\\\"two", "sleep 300", "ended before this call", "Go on");
        }
        assertThat(Files.readString(bantam.session())).startsWith(kept);
        assertThat(bantam.workspace().resolve("a.txt")).hasContent("two");
    }

    @Test
    void aTornLastLineIsToleratedWithoutAWord() throws Exception {
        bantam.run("-p", "Count the sheep", "-m", bantam.script(Said.text("seven sheep")));
        Files.writeString(bantam.session(), Files.readString(bantam.session()) + "{\"id\":\"99\",\"par");
        Run resumed = bantam.run("-c", "-p", "And now?", "-m", bantam.script(Said.text("eight sheep")));
        assertThat(resumed.exit()).isZero();
        assertThat(resumed.err()).isEmpty();
        assertThat(bantam.run("sessions", "show", id()).out()).contains("seven sheep", "eight sheep");
    }

    private String id() throws Exception {
        return bantam.session().getFileName().toString().replace(".jsonl", "");
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void aSignalCancelsWhatTheModelSays(String signal, int code) throws Exception {
        String script = bantam.script(Said.text("too late").after(300_000));
        Running running = start("-p", "Wait", "--json", "-m", script);
        running.awaitOutput("\"prefill\"");
        assertCancelled(running, signal, code);
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void aSignalEndsTheCommandThatRuns(String signal, int code) throws Exception {
        String script = bantam.script(Said.call("bash", "command", "touch begun; sleep 301 & sleep 302"));
        Running running = start("-p", "Wait", "--json", "--sandbox", "none", "-m", script);
        while (!Files.exists(bantam.workspace().resolve("begun"))) {
            assertThat(running.process().isAlive()).isTrue();
            Thread.sleep(20);
        }
        List<ProcessHandle> children = running.descendants();
        assertThat(children).isNotEmpty();
        assertCancelled(running, signal, code);
        for (ProcessHandle child : children) {
            child.onExit().get(10, TimeUnit.SECONDS);
        }
    }

    /** As a shell starts it in the foreground: with the usual effect of signals, whatever this process has inherited. */
    private Running start(String... arguments) throws Exception {
        String usual = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL);"
                + " os.execv(sys.argv[1], sys.argv[1:])";
        return bantam.start(List.of("python3", "-c", usual), Path.of("/dev/null"), arguments);
    }

    private void assertCancelled(Running running, String signal, int code) throws Exception {
        new ProcessBuilder(
                        "kill", "-" + signal, String.valueOf(running.process().pid()))
                .start()
                .waitFor();
        Run run = running.await();
        assertThat(run.exit()).isIn(code, 130);
        EventShape.check(run.events());
        assertThat(run.finished().path("outcome").asText()).isEqualTo("cancelled");
        assertThat(Files.readString(bantam.session())).contains("\"outcome\":\"cancelled\"");
    }
}
