package dev.bantam.ext.scripts;

import static dev.bantam.testkit.Slip.calls;
import static dev.bantam.testkit.Slip.says;

import dev.bantam.api.Event.Outcome;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.testkit.FakeSandbox.Answer;
import dev.bantam.testkit.Slip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Turns that end too early, and runs that end too late. */
final class EarlyEnds {
    private static final int TURNS = 20;

    private EarlyEnds() {}

    static List<FailureScript> all() {
        return List.of(
                announced(),
                notDone(),
                shown(),
                brokenFile(),
                failingTests(),
                cutText(),
                endlessThought(),
                neverEnds(),
                nobodyWarned());
    }

    private static FailureScript announced() {
        return FailureScript.named("It announces what it will do, and ends")
                .asks(
                        "Write a.py with x in it.",
                        Slip.until(
                                says("I have a clear picture now. Let me write the file."),
                                calls("write", "path", "a.py", "content", "x = 1\n"),
                                "had no tool call"),
                        Slip.none(says("I wrote a.py.")))
                .leaves("a.py", "x = 1\n");
    }

    private static FailureScript notDone() {
        return changed(
                "It says that it is done, and has changed nothing",
                says("I fixed a.py: x is 2 now."),
                "no file was changed");
    }

    private static FailureScript shown() {
        return changed(
                "It shows the code, and changes no file",
                says("Here it is:\n```python\nx = 2\n```"),
                "Put it into the file now");
    }

    private static FailureScript changed(String name, Message.Assistant wrong, String cure) {
        return FailureScript.named(name)
                .file("a.py", "x = 1\n")
                .asks(
                        "Fix a.py: x must be 2.",
                        Slip.none(calls("read", "path", "a.py")),
                        Slip.until(
                                wrong, calls("edit", "path", "a.py", "old_text", "x = 1", "new_text", "x = 2"), cure),
                        Slip.none(says("x is 2 now.")))
                .leaves("a.py", "x = 2\n");
    }

    private static FailureScript brokenFile() {
        return FailureScript.named("It has just broken a file, and says that it is done")
                .asks(
                        "Write the file settings.json with a port.",
                        Slip.none(calls("write", "path", "settings.json", "content", "{\"port\": 80,}\n")),
                        Slip.until(
                                says("I wrote settings.json."),
                                calls("edit", "path", "settings.json", "old_text", "80,}", "new_text", "80}"),
                                "settings.json cannot be parsed"),
                        Slip.none(says("settings.json is valid now.")))
                .leaves("settings.json", "{\"port\": 80}\n");
    }

    private static FailureScript failingTests() {
        return FailureScript.named("It says that all tests pass, and they fail")
                .file("sums.py", "def total(a, b):\n    return a - b\n")
                .commands(root -> line -> line.startsWith("pytest") ? tests(root) : new Answer(0, ""))
                .asks(
                        "Fix total in sums.py and run the tests.",
                        Slip.none(calls("read", "path", "sums.py")),
                        Slip.none(calls("edit", "path", "sums.py", "old_text", "a - b", "new_text", "a * b")),
                        Slip.none(calls("bash", "command", "pytest -q")),
                        Slip.until(
                                says("total is fixed. All tests pass."),
                                calls("edit", "path", "sums.py", "old_text", "a * b", "new_text", "a + b"),
                                "the tests fail",
                                "assert 6 == 5"),
                        Slip.none(calls("bash", "command", "pytest -q")),
                        Slip.none(says("total is fixed. All tests pass.")))
                .leaves("sums.py", "def total(a, b):\n    return a + b\n");
    }

    private static Answer tests(Path root) {
        try {
            return Files.readString(root.resolve("sums.py")).contains("a + b")
                    ? new Answer(0, "1 passed\n")
                    : new Answer(1, "E   assert 6 == 5\n1 failed\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The loop itself asks again. */
    private static FailureScript cutText() {
        Message.Assistant cut =
                new Message.Assistant(List.of(new Part.Text("First I explain at length what ")), Finish.LENGTH);
        return FailureScript.named("The token limit cuts its explanation before it did anything")
                .asks(
                        "Write a.py with x in it.",
                        Slip.until(cut, calls("write", "path", "a.py", "content", "x = 1\n"), "one tool call"),
                        Slip.none(says("I wrote a.py.")))
                .leaves("a.py", "x = 1\n");
    }

    private static FailureScript endlessThought() {
        Message.Assistant endless = new Message.Assistant(
                List.of(new Part.Thinking("But wait, it could be otherwise. ".repeat(1_000))), Finish.LENGTH);
        return FailureScript.named("Its thought has no end")
                .asks(
                        "Write a.py with x in it.",
                        new Slip(
                                List.of(endless),
                                seen -> seen.request().options().thinking().off(),
                                calls("write", "path", "a.py", "content", "x = 1\n"),
                                40),
                        Slip.none(says("I wrote a.py.")))
                .leaves("a.py", "x = 1\n");
    }

    private static FailureScript neverEnds() {
        List<Slip> slips = new ArrayList<>();
        for (int i = 0; i < 10 * TURNS; i++) {
            slips.add(Slip.none(calls("write", "path", "try" + i + ".py", "content", "x = " + i + "\n")));
        }
        return FailureScript.named("It never comes to an end")
                .set("turn-cap.max-turns", TURNS)
                .asks("Try something.", slips.toArray(Slip[]::new))
                .ends(Outcome.STOPPED)
                .within(TURNS);
    }

    private static FailureScript nobodyWarned() {
        List<Message.Assistant> exploring = new ArrayList<>();
        for (int i = 0; i < 10 * TURNS; i++) {
            exploring.add(calls("bash", "command", "./explore " + i));
        }
        return FailureScript.named("It would go on until its limit, with nothing written down")
                .set("turn-cap.max-turns", TURNS)
                .commands(root -> line -> new Answer(0, "found by " + line + "\n"))
                .asks(
                        "Explore this with ./explore NUMBER, and write what you find into report.md.",
                        new Slip(
                                exploring,
                                seen -> seen.tries() > 0 && seen.told().contains("turns left in this run"),
                                calls("write", "path", "report.md", "content", "What I found so far.\n"),
                                exploring.size()),
                        Slip.none(says("I wrote report.md; not all is explored.")))
                .leaves("report.md", "What I found so far.\n")
                .within(TURNS);
    }
}
