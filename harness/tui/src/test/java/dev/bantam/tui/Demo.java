package dev.bantam.tui;

import dev.bantam.api.Arguments;
import dev.bantam.api.Event;
import dev.bantam.api.EventListener;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.SlashCommand;
import dev.bantam.api.ToolResult;
import dev.bantam.api.Usage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jline.terminal.Terminal;

/**
 * A shell to try by hand: a driver that acts without a model. After {@code mvn test-compile}:
 * {@code java -cp … dev.bantam.tui.Demo}, with an argument for the headless progress. A prompt "hang" waits for ever, "ask" asks, "long" writes 60 lines of code.
 */
final class Demo implements Driver {
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final Queue<String> later = new ConcurrentLinkedQueue<>();
    private final Thread session = Thread.currentThread();
    private Shell shell;
    private EventListener out;
    private int used;

    public static void main(String[] arguments) throws Exception {
        Demo demo = new Demo();
        if (arguments.length > 0) {
            demo.headless(arguments[0]);
            return;
        }
        try (Terminal terminal = Terminals.open()) {
            Path here = Path.of("").toAbsolutePath();
            Path history = Path.of(System.getProperty("java.io.tmpdir"), "bantam-demo", "history");
            demo.shell = new Shell(terminal, demo, Ink.wanted(System.getenv()), history, here);
            demo.out = demo.shell.listener();
            System.exit(demo.shell.loop());
        }
    }

    private void headless(String prompt) throws InterruptedException {
        try (ProgressLines progress =
                ProgressLines.onStandardError(System.getenv()).orElse(null)) {
            out = progress == null ? event -> {} : progress;
            run(prompt);
        }
        System.out.println("the answer");
    }

    @Override
    public void run(String prompt) throws InterruptedException {
        out.on(new Event.TurnStarted(Instant.now(), 1));
        for (int done = 12_400; done <= 31_000; done += 3_100) {
            out.on(new Event.PrefillAdvanced(Instant.now(), 1, done, 31_000, 12_000, 4_100));
            Thread.sleep(150);
        }
        for (int i = 0; i < 60; i++) {
            out.on(new Event.ThinkingStreamed(Instant.now(), 1, "think" + i + (i % 12 == 11 ? "\n" : " ")));
            Thread.sleep(20);
        }
        if (prompt.startsWith("hang")) {
            Thread.sleep(3_600_000);
        }
        if (prompt.startsWith("ask")) {
            boolean yes = shell.confirm("Send this to the cloud?");
            shell.choose("Which model?", List.of("qwen3", "中文模型", "\u001b[2Jevil"))
                    .ifPresent(n -> later.add("chose " + n));
            write(yes ? "You said **yes**.\n" : "You said **no**.\n");
        }
        tool(out, "1", "read", Arguments.of("path", "src/Calc.java"), new ToolResult.Done("x"), 12);
        tool(
                out,
                "2",
                "bash",
                Arguments.of("command", "mvn -q test -Dtest=CalcTest\n\u001b]52;c;ZXZpbA==\u0007"),
                new ToolResult.Failed("\u001b[31mexit code 1: CalcTest.adds:12 expected 3 but was 2\u001b[0m"),
                3_200);
        out.on(new Event.Decided(Instant.now(), 1, "write-guard", "call", "refused", "Calc.java exists. Use edit."));
        String text = prompt.startsWith("long") ? longText() : TEXT;
        write(text);
        out.on(new Event.AssistantReplied(
                Instant.now(), 1, new Message.Assistant(List.of(new Part.Text(text)), Finish.STOP), Usage.NONE));
        for (String next = said.poll(); next != null; next = said.poll()) {
            String answer = "You steered: `" + next + "`";
            write(answer);
            out.on(new Event.AssistantReplied(
                    Instant.now(), 1, new Message.Assistant(List.of(new Part.Text(answer)), Finish.STOP), Usage.NONE));
        }
        used += 7;
        out.on(new Event.RunFinished(
                Instant.now(), Event.Outcome.COMPLETED, "", "", 1, new Usage(12_300, 512, 11_200), 0));
        String next = later.poll();
        if (next != null) {
            run(next);
        }
    }

    private void write(String text) throws InterruptedException {
        for (int i = 0; i < text.length(); i += 3) {
            out.on(new Event.TextStreamed(Instant.now(), 1, text.substring(i, Math.min(text.length(), i + 3))));
            Thread.sleep(8);
        }
    }

    private static void tool(
            EventListener out, String id, String tool, Arguments arguments, ToolResult result, long took)
            throws InterruptedException {
        out.on(new Event.ToolStarted(Instant.now(), 1, new Part.ToolCall(id, tool, arguments)));
        Thread.sleep(Math.min(1_500, took));
        out.on(new Event.ToolFinished(Instant.now(), 1, id, tool, result, took));
    }

    @Override
    public void steer(String text) {
        said.add(text);
    }

    @Override
    public void queue(String text) {
        later.add(text);
    }

    @Override
    public void cancel() {
        session.interrupt();
    }

    @Override
    public List<SlashCommand> commands() {
        return List.of(new SlashCommand("undo", "takes back the last change", rest -> "undone " + rest));
    }

    @Override
    public String status() {
        return "qwen3-30b-a3b · " + used + " % of 32k · docker · ~/code/calc";
    }

    private static String longText() {
        StringBuilder text = new StringBuilder("Here is a long file:\n\n```java\n");
        for (int i = 0; i < 60; i++) {
            text.append("    int line").append(i).append(" = ").append(i).append(";\n");
        }
        return text.append("```\n\nThat was it.\n").toString();
    }

    private static final String TEXT = """
            # What I found

            The method `add` in **Calc.java** subtracts. 原因は演算子です — it uses `-` where it *should* use `+`, and nothing \
            in the tests of the module would have caught that before.

            1. Change the operator
               - in `add`
               - not in `sub`
            2. Run the tests

            ```java
            int add(int a, int b) {
                return a + b; // 足し算 👍
            }
            ```

            > Quoted: &#27;[2J &lt;b&gt;

            | name | value |
            |------|-------|
            | a    | 1     |

            See [the docs](https://example.org/x).
            """;
}
