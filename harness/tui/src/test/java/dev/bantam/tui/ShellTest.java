package dev.bantam.tui;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Event;
import dev.bantam.api.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.Signal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ShellTest {
    private static final String ESCAPE = "\u001b";
    private static final Pattern SEQUENCE = Pattern.compile("\u001b(\\[[0-9;?]*[A-Za-z]|[=>])");

    @TempDir
    Path folder;

    private final FakeDriver driver = new FakeDriver();
    private VirtualTerminal screen;
    private Shell shell;
    private Attributes before;
    private CompletableFuture<Integer> loop;

    @BeforeEach
    void opensAShell() throws IOException {
        open("xterm-256color");
    }

    private void open(String type) throws IOException {
        screen = new VirtualTerminal(type, 80, 24);
        before = screen.terminal.getAttributes();
        shell = new Shell(screen.terminal, driver, Ink.STYLED, folder.resolve("data/history"), folder);
        driver.speakTo(shell.listener());
        loop = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                loop.complete(shell.loop());
            } catch (Throwable failure) {
                loop.completeExceptionally(failure);
            }
        });
        screen.awaitText("status-line");
        screen.await("the prompt", () -> screen.text().matches("(?s).*[›>] $"));
    }

    @AfterEach
    void neverTouchesTheMouseOrTheAlternateScreen() throws IOException {
        String written = screen.written();
        screen.close();
        for (String mode : List.of("1000", "1002", "1003", "1005", "1006", "1015", "1047", "1049", "47")) {
            assertThat(written).doesNotContain(ESCAPE + "[?" + mode + "h");
        }
        assertThat(SEQUENCE.matcher(written).replaceAll("")).doesNotContain(ESCAPE);
    }

    @Test
    void streamedTextStandsOnTheScreenOnceAndFormatted() throws Exception {
        prompt("explain");
        driver.send(Events.turn(1), Events.text("The **bold** wo"), Events.text("rd.\n\nNext"), Events.text(" one."));
        driver.send(Events.reply("The **bold** word.\n\nNext one."));
        driver.endRun();
        awaitPrompt();
        assertThat(screen.shown()).contains("The bold word.").contains("Next one.");
        assertThat(screen.shown().split("Next one", -1)).hasSize(2);
        assertThat(screen.written()).contains(ESCAPE + "[1mbold" + ESCAPE + "[0m");
    }

    @Test
    void aReplyThatWasNotStreamedIsShownAllTheSame() throws Exception {
        prompt("explain");
        driver.send(Events.reply("All at once."));
        driver.endRun();
        screen.awaitShown("All at once.");
    }

    @Test
    void escapeCancelsAtOnceAndThePromptComesBackWithWhatWasTyped() throws Exception {
        prompt("hang");
        screen.type("half a thou");
        screen.awaitShown("half a thou");
        screen.type(ESCAPE);
        assertThat(driver.cancelled.await(10, SECONDS)).isTrue();
        awaitPrompt();
        screen.type("ght\r");
        assertThat(driver.prompts.poll(10, SECONDS)).isEqualTo("half a thought");
        driver.endRun();
    }

    @Test
    void whatACancelledRunDidNotDeliverComesBackIntoThePrompt() throws Exception {
        prompt("hang");
        screen.type("use edit\r");
        assertThat(driver.steered.poll(10, SECONDS)).isEqualTo("use edit");
        screen.type("then te");
        screen.awaitShown("then te");
        driver.send(
                Events.dropped("use edit"),
                Events.dropped("in two\nlines"),
                Events.ended(Event.Outcome.CANCELLED, "cancelled by the user"));
        driver.endRun();
        awaitPrompt();
        assertThat(screen.written()).contains(ESCAPE + "[33m↳ not sent: use edit" + ESCAPE + "[0m");
        screen.type("st\r");
        assertThat(driver.prompts.poll(10, SECONDS)).isEqualTo("use edit\nin two\nlines\nthen test");
        driver.endRun();
        awaitPrompt();
        prompt("no more of it");
        driver.endRun();
    }

    @Test
    void arrowKeysDoNotCancel() throws Exception {
        prompt("hang");
        screen.type("ab" + ESCAPE + "[D" + ESCAPE + "OD" + "x\r");
        assertThat(driver.steered.poll(10, SECONDS)).isEqualTo("xab");
        assertThat(driver.cancelled.getCount()).isEqualTo(1);
        driver.endRun();
    }

    @Test
    void controlCCancelsARunWhetherItComesAsAKeyOrAsASignal() throws Exception {
        prompt("hang");
        screen.type("\u0003");
        assertThat(driver.cancelled.await(10, SECONDS)).isTrue();
        awaitPrompt();
        prompt("hang again");
        screen.terminal.raise(Signal.INT);
        awaitPrompt();
    }

    @Test
    void enterSteersAndAltEnterQueues() throws Exception {
        prompt("work");
        screen.type("use edit\r");
        assertThat(driver.steered.poll(10, SECONDS)).isEqualTo("use edit");
        screen.type("then test" + ESCAPE + "\r");
        assertThat(driver.queued.poll(10, SECONDS)).isEqualTo("then test");
        screen.awaitShown("↳ steering: use edit");
        screen.awaitShown("↳ queued: then test");
        driver.endRun();
    }

    @Test
    void aPasteDuringARunSteersInOnePiece() throws Exception {
        prompt("work");
        screen.type(ESCAPE + "[200~one\r\ntwo\rthree" + ESCAPE + "[201~\r");
        assertThat(driver.steered.poll(10, SECONDS)).isEqualTo("one\ntwo\nthree");
        driver.endRun();
    }

    @Test
    void commandsThatOnlyLookRunDuringARunAndOthersWait() throws Exception {
        prompt("work");
        screen.type("/status\r/undo 2\r");
        screen.awaitText("/undo comes when this run has ended");
        assertThat(screen.text()).doesNotContain("undone");
        driver.endRun();
        screen.awaitText("undone «2»");
        assertThat(driver.steered).isEmpty();
    }

    @Test
    void aCommandMayAskTheModelAtOnce() throws Exception {
        screen.type("/skill:git\r");
        screen.awaitText("git goes along");
        assertThat(driver.prompts).isEmpty();

        screen.type("/skill:git undo it\r");
        assertThat(driver.prompts.poll(10, SECONDS)).isEqualTo("undo it");
        driver.endRun();
    }

    @Test
    void helpDoesNotListEveryCommandOfAKind() throws Exception {
        screen.type("/help\r");
        screen.awaitText("takes back");
        assertThat(screen.text()).doesNotContain("skill:git");
    }

    @Test
    void quittingDuringARunCancelsItAndLeaves() throws Exception {
        prompt("work");
        screen.type("/quit\r");
        assertThat(driver.cancelled.await(10, SECONDS)).isTrue();
        assertThat(loop.get(10, SECONDS)).isZero();
    }

    @Test
    void thinkingIsCollapsedToOneLine() throws Exception {
        prompt("think");
        driver.send(
                Events.thinking("secret "), Events.thinking("reasons "), Events.thinking("here"), Events.text("So."));
        driver.endRun();
        screen.awaitShown("thinking… 3 tokens");
        assertThat(screen.text()).doesNotContain("secret");
    }

    @Test
    void thinkingIsShownToThoseWhoAskForIt() throws Exception {
        prompt("think");
        screen.type("\u0014");
        driver.send(Events.thinking("secret "), Events.thinking("reasons"));
        screen.awaitShown("secret reasons");
        driver.send(Events.text("So."));
        driver.endRun();
        awaitPrompt();
        assertThat(screen.shown()).contains("secret reasons");
    }

    @Test
    void hostileTextCannotReachTheTerminalAsASequence() throws Exception {
        String hostile = ESCAPE + "]52;c;ZXZpbA==\u0007" + ESCAPE + "[?1049h" + "\u009b31m" + "\r" + ESCAPE + "c";
        prompt("read it");
        driver.send(
                Events.turn(1),
                Events.thinking(hostile),
                Events.text("Text " + hostile + " `" + hostile + "`\n\n```" + hostile + "\n" + hostile + "\n```\n"),
                Events.started("read", "path", "evil" + hostile + ".txt"),
                Events.finished("read", new ToolResult.Failed(hostile), 5),
                new Event.Decided(Events.START, 1, hostile, "call", hostile, hostile),
                Events.ended(Event.Outcome.FAILED, hostile));
        driver.perform(() -> assertThat(shell.confirm("Trust " + hostile + "?")).isFalse());
        driver.endRun();
        screen.awaitText("Trust");
        screen.type("\r");
        awaitPrompt();
        assertThat(SEQUENCE.matcher(screen.written()).replaceAll(""))
                .doesNotContain(ESCAPE)
                .doesNotContain("\u0007")
                .doesNotContain("\u009b");
        assertThat(screen.written()).doesNotContain(ESCAPE + "[?1049h");
    }

    @Test
    void leavingAQuestionIsNoAnswerToIt() throws Exception {
        LinkedBlockingQueue<Object> answers = new LinkedBlockingQueue<>();
        prompt("work");
        driver.perform(() -> answers.add(shell.decide("Keep it?")));
        screen.awaitText("Keep it? (y/N)");
        screen.type("\u0004");
        assertThat(answers.poll(10, SECONDS)).isEqualTo(Optional.empty());
        driver.perform(() -> answers.add(shell.decide("Really?")));
        screen.awaitText("Really? (y/N)");
        screen.type("\r");
        assertThat(answers.poll(10, SECONDS)).isEqualTo(Optional.of(false));
        driver.perform(() -> answers.add(shell.decide("Surely?")));
        screen.awaitText("Surely? (y/N)");
        screen.type("y" + ESCAPE);
        assertThat(answers.poll(10, SECONDS)).isEqualTo(Optional.of(false));
        driver.endRun();
        awaitPrompt();
    }

    @Test
    void questionsMayBeAskedDuringARun() throws Exception {
        LinkedBlockingQueue<Object> answers = new LinkedBlockingQueue<>();
        prompt("work");
        screen.type("typed before");
        screen.awaitShown("typed before");
        driver.perform(() -> answers.add(shell.confirm("Send it?")));
        driver.perform(() -> answers.add(shell.choose("Which?", List.of("first", "second"))));
        screen.awaitText("Send it? (y/N)");
        screen.type("y\r");
        assertThat(answers.poll(10, SECONDS)).isEqualTo(true);
        screen.awaitText("Enter for none");
        screen.type("7\r");
        screen.awaitText("a number from 1 to 2, or Enter for none");
        screen.type("2\r");
        assertThat(answers.poll(10, SECONDS)).isEqualTo(Optional.of(1));
        screen.type(" and after\r");
        assertThat(driver.steered.poll(10, SECONDS)).isEqualTo("typed before and after");
        driver.endRun();
    }

    @Test
    void controlCAtAQuestionEndsTheRun() throws Exception {
        LinkedBlockingQueue<Object> answers = new LinkedBlockingQueue<>();
        prompt("work");
        driver.perform(() -> answers.add(shell.choose("Which?", List.of("first", "second"))));
        screen.awaitText("Enter for none");
        screen.type("\u0003");

        assertThat(answers.poll(10, SECONDS)).isEqualTo(Optional.empty());
        assertThat(driver.cancelled.await(10, SECONDS)).isTrue();
        awaitPrompt();
    }

    @Test
    void controlCAtThePromptClearsTheLineAndTwiceLeaves() throws Exception {
        screen.type("some words\u0003");
        screen.awaitText("Ctrl+C again leaves");
        screen.await("the prompt", () -> screen.text().matches("(?s).*leaves.*› $"));
        assertThat(loop).isNotDone();
        screen.type("\u0003");
        assertThat(loop.get(10, SECONDS)).isZero();
        assertThat(driver.prompts).isEmpty();
    }

    @Test
    void controlDLeaves() throws Exception {
        screen.type("\u0004");
        assertThat(loop.get(10, SECONDS)).isZero();
    }

    @Test
    void aBackslashOrAltEnterBeginsANewLineAndPastesStayWhole() throws Exception {
        screen.type("one\\\rtwo" + ESCAPE + "\rthree\r");
        assertThat(driver.prompts.poll(10, SECONDS)).isEqualTo("one\ntwo\nthree");
        driver.endRun();
        awaitPrompt();
        String paste = "line of a paste !bang \\ $x\n".repeat(30);
        screen.type("see " + ESCAPE + "[200~" + paste.replace('\n', '\r') + ESCAPE + "[201~");
        screen.awaitText("[paste 1: 30 lines]");
        screen.type("ok\r");
        assertThat(driver.prompts.poll(10, SECONDS)).isEqualTo("see " + paste + "ok");
        driver.endRun();
    }

    @Test
    void unknownCommandsAreNotSentToTheModelButPathsAre() throws Exception {
        screen.type("/udno\r");
        screen.awaitText("There is no command /udno. /help lists what there is.");
        screen.type("/skill:nope\r");
        screen.awaitText("There is no command /skill:nope. /skills lists what there is.");
        screen.type("/etc/hosts is what?\r");
        assertThat(driver.prompts.poll(10, SECONDS)).isEqualTo("/etc/hosts is what?");
        driver.endRun();
    }

    @Test
    void promptsAreRememberedInAPrivateFile() throws Exception {
        prompt("remember me");
        driver.endRun();
        awaitPrompt();
        Path history = folder.resolve("data/history");
        assertThat(Files.readString(history)).contains("remember me");
        assertThat(Files.getPosixFilePermissions(history)).hasSize(2);
    }

    @Test
    void theTerminalIsAsBeforeAfterwardsEvenIfTheDriverThrows() throws Exception {
        prompt("break");
        driver.perform(() -> {
            throw new IllegalStateException("broken driver");
        });
        assertThat(loop.handle((code, failure) -> failure.getMessage()).get(10, SECONDS))
                .isEqualTo("broken driver");
        assertThat(screen.terminal.getAttributes()).hasToString(before.toString());
        assertThat(screen.written().lastIndexOf("[?2004l"))
                .isGreaterThan(screen.written().lastIndexOf("[?2004h"));
    }

    @Test
    void aNoticeBeforeTheLoopIsDimAndBrokenBetweenWords() throws IOException {
        try (VirtualTerminal narrow = new VirtualTerminal("xterm-256color", 40, 24)) {
            Shell early = new Shell(narrow.terminal, driver, Ink.STYLED, folder.resolve("history"), folder);
            early.say("This folder brings settings that are not trusted, so they were left out.\nSecond line\u001b.");
            assertThat(narrow.shown().lines().map(String::strip).filter(line -> !line.isEmpty()))
                    .containsExactly(
                            "This folder brings settings that are",
                            "not trusted, so they were left out.",
                            "Second line␛.");
            assertThat(narrow.written()).contains(ESCAPE + "[2mSecond");
        }
    }

    @Test
    void aNarrowerWindowLeavesNoRowsBehind() throws Exception {
        prompt("work");
        driver.send(Events.turn(1), Events.text("pending words " + "x ".repeat(30)));
        screen.awaitShown("pending words");
        screen.terminal.setSize(Size.of(40, 24));
        screen.terminal.raise(Signal.WINCH);
        driver.endRun();
        awaitPrompt();
        assertThat(screen.text()).contains("pending words");
        assertThat(loop).isNotDone();
    }

    @Test
    void aDumbTerminalGetsPlainTextAsItComes() throws Exception {
        screen.close();
        open("dumb");
        screen.type("explain\r");
        assertThat(driver.prompts.poll(10, SECONDS)).isEqualTo("explain");
        driver.send(Events.turn(1), Events.text("The **bold"));
        screen.awaitText("The **bold");
        driver.send(Events.text("** word.\u001b[2J"), Events.ended(Event.Outcome.COMPLETED, ""));
        driver.endRun();
        screen.awaitText("done in 4 turns");
        assertThat(screen.written()).contains("The **bold** word.␛[2J\r\n").doesNotContain(ESCAPE);
    }

    private void prompt(String text) throws Exception {
        screen.type(text + "\r");
        assertThat(driver.prompts.poll(10, SECONDS)).isEqualTo(text);
        screen.awaitText("waiting for the model");
    }

    /** At the end of a run bracketed paste is turned off, and the prompt turns it on again. */
    private void awaitPrompt() {
        screen.await("the prompt after the run", () -> {
            String written = screen.written();
            int off = written.lastIndexOf("[?2004l");
            return off > written.lastIndexOf("esc stops") && written.indexOf("[?2004h", off) > 0;
        });
    }
}
