package dev.bantam.ext.scripts;

import static dev.bantam.testkit.Slip.calls;
import static dev.bantam.testkit.Slip.says;

import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.testkit.FakeSandbox.Answer;
import dev.bantam.testkit.Slip;
import java.util.List;

/** Going round in circles. */
final class Loops {
    private static final String OTHERWISE = "Do something different";
    private static final String MAKEFILE = "all:\n\tcc main.c\n";

    private Loops() {}

    static List<FailureScript> all() {
        return List.of(
                circles("It repeats a command that fails", calls("bash", "command", "make")),
                circles(
                        "It repeats a command that fails, with other white space",
                        calls("bash", "command", "make"),
                        calls("bash", "command", "make ; "),
                        calls("bash", "command", " make  2>&1")),
                circles("It reads the same file again and again", calls("read", "path", "main.c")),
                circles(
                        "It does the same two things by turns",
                        calls("read", "path", "main.c"),
                        calls("bash", "command", "make")),
                sameFault(),
                nothingNew(),
                unknownTool(),
                empty(),
                thoughtOnly());
    }

    /** It must be told that it repeats itself; then it finds the fault. */
    private static FailureScript circles(String name, Message.Assistant... wrong) {
        return broken(name, Slip.circles(8, calls("read", "path", "Makefile"), List.of(wrong), OTHERWISE));
    }

    private static FailureScript broken(String name, Slip slip) {
        return FailureScript.named(name)
                .file("Makefile", MAKEFILE)
                .file("main.c", "int main(void) { return sqrt(4); }\n")
                .commands(root -> line ->
                        line.contains("make") ? new Answer(2, "undefined reference to `sqrt'\n") : new Answer(0, ""))
                .asks(
                        "Find out why make fails, and mend it.",
                        slip,
                        Slip.none(calls(
                                "edit", "path", "Makefile", "old_text", "cc main.c", "new_text", "cc main.c -lm")),
                        Slip.none(says("The library was missing. I could not build it here, so make still fails.")))
                .leaves("Makefile", MAKEFILE.replace("main.c", "main.c -lm"));
    }

    private static FailureScript sameFault() {
        String line = "    total = total + price * count\n";
        List<Message.Assistant> guesses = List.of(
                edit("total += price * count"), edit("total = total + count * price"), edit("total = price * count"));
        return FailureScript.named("It guesses at the text to replace, another one each time")
                .file("bill.py", "for price, count in items:\n" + line)
                .asks(
                        "Add tax to the total in bill.py.",
                        Slip.none(calls("read", "path", "bill.py")),
                        new Slip(
                                guesses,
                                seen -> seen.tries() > 0
                                        && seen.told().contains("Another try of this kind will fail too"),
                                calls("read", "path", "bill.py"),
                                6),
                        Slip.none(edit(line.strip())),
                        Slip.none(says("Tax is added.")))
                .leaves("bill.py", "for price, count in items:\n    total = taxed\n");
    }

    private static Message.Assistant edit(String oldText) {
        return calls("edit", "path", "bill.py", "old_text", oldText, "new_text", "total = taxed");
    }

    private static FailureScript nothingNew() {
        List<Message.Assistant> looking = List.of(
                calls("read", "path", "main.c"),
                calls("read", "path", "Makefile"),
                calls("bash", "command", "ls"),
                calls("bash", "command", "git status"),
                calls("bash", "command", "wc -l main.c"),
                calls("bash", "command", "cat main.c"));
        return broken(
                "It looks at the same things over and over, and changes nothing",
                Slip.circles(40, calls("read", "path", "Makefile"), looking, "Decide now"));
    }

    private static FailureScript unknownTool() {
        return FailureScript.named("It calls a tool that does not exist, and does so again")
                .file("a.py", "x = 1\n")
                .asks(
                        "Set x to 2 in a.py.",
                        Slip.none(calls("read", "path", "a.py")),
                        Slip.until(
                                calls("apply_patch", "patch", "-x = 1\n+x = 2"),
                                calls("edit", "path", "a.py", "old_text", "x = 1", "new_text", "x = 2"),
                                "The only tools are: read, write, edit, bash"),
                        Slip.none(says("x is 2 now.")))
                .leaves("a.py", "x = 2\n");
    }

    private static FailureScript empty() {
        return FailureScript.named("It gives empty replies")
                .asks(
                        "Write a.py with x in it.",
                        Slip.until(
                                new Message.Assistant(List.of(), Finish.STOP),
                                calls("write", "path", "a.py", "content", "x = 1\n"),
                                "one tool call for the next step"),
                        Slip.none(says("I wrote a.py.")))
                .leaves("a.py", "x = 1\n");
    }

    /** No words help here: only a request that it is to answer without thinking. */
    private static FailureScript thoughtOnly() {
        return FailureScript.named("It thinks, and neither calls nor says anything")
                .asks(
                        "Write a.py with x in it.",
                        Slip.unless(
                                seen -> seen.request().options().thinking().off(),
                                Slip.thinks("The file should have x in it. Let me consider how to write it."),
                                calls("write", "path", "a.py", "content", "x = 1\n")),
                        Slip.none(says("I wrote a.py.")))
                .leaves("a.py", "x = 1\n");
    }
}
