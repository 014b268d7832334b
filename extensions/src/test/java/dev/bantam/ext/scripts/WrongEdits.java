package dev.bantam.ext.scripts;

import static dev.bantam.testkit.Slip.calls;
import static dev.bantam.testkit.Slip.says;

import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.testkit.FakeSandbox.Answer;
import dev.bantam.testkit.Slip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Changes that would cost somebody's work. */
final class WrongEdits {
    private static final String SERVER = "host = 'localhost'\nport = 80\ntimeout = 30\n";

    private WrongEdits() {}

    static List<FailureScript> all() {
        return List.of(overAFile(), unread(), changedSince(), cut());
    }

    private static FailureScript overAFile() {
        return FailureScript.named("It writes over a file that exists, with the rest left out")
                .file("server.py", SERVER)
                .asks(
                        "Change the port in server.py to 8080.",
                        Slip.unless(
                                seen -> seen.shows("edit", "path", "old_text", "new_text")
                                        && seen.told().contains("The file begins:\nhost = 'localhost'\nport = 80"),
                                calls("write", "path", "server.py", "content", "port = 8080\n"),
                                calls(
                                        "edit",
                                        "path",
                                        "server.py",
                                        "old_text",
                                        "port = 80\n",
                                        "new_text",
                                        "port = 8080\n")),
                        Slip.none(says("The port is 8080 now.")))
                .leaves("server.py", SERVER.replace("80", "8080"));
    }

    private static FailureScript unread() {
        String content = "def total(items):\n    return 0\n\ndef count(items):\n    return 0\n";
        return FailureScript.named("It edits a file that it has not read, and hits more than it means")
                .file("sums.py", content)
                .asks(
                        "Make total in sums.py return the sum.",
                        Slip.unless(
                                seen -> seen.shows("read", "path"),
                                calls(
                                        "edit",
                                        "path",
                                        "sums.py",
                                        "old_text",
                                        "return 0",
                                        "new_text",
                                        "return sum(items)"),
                                calls("read", "path", "sums.py")),
                        Slip.none(calls(
                                "edit",
                                "path",
                                "sums.py",
                                "old_text",
                                "def total(items):\n    return 0",
                                "new_text",
                                "def total(items):\n    return sum(items)")),
                        Slip.none(says("total returns the sum now.")))
                .leaves("sums.py", content.replaceFirst("return 0", "return sum(items)"));
    }

    private static FailureScript changedSince() {
        return FailureScript.named("It edits a file that a command has changed since it was read")
                .file("list.txt", "one\ntwo\n")
                .commands(
                        root -> line -> line.equals("./sort-list") ? wrote(root, "two\none\none\n") : new Answer(0, ""))
                .asks(
                        "Sort list.txt with ./sort-list, then mark the first one as done.",
                        Slip.none(calls("read", "path", "list.txt")),
                        Slip.none(calls("bash", "command", "./sort-list")),
                        Slip.unless(
                                seen -> seen.shows("read", "path"),
                                calls("edit", "path", "list.txt", "old_text", "one", "new_text", "one (done)"),
                                calls("read", "path", "list.txt")),
                        Slip.none(calls(
                                "edit", "path", "list.txt", "old_text", "two\none\n", "new_text", "two\none (done)\n")),
                        Slip.none(says("The first one is marked.")))
                .leaves("list.txt", "two\none (done)\none\n");
    }

    private static Answer wrote(Path root, String content) {
        try {
            Files.writeString(root.resolve("list.txt"), content);
            return new Answer(0, "sorted\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Half a command is another command; the loop itself sees to it. */
    private static FailureScript cut() {
        Message.Assistant half = new Message.Assistant(
                List.of(new Part.ToolCall("cut", "bash", dev.bantam.api.Arguments.of("command", "rm -r build"))),
                Finish.LENGTH);
        return FailureScript.named("The token limit cuts its command in half")
                .file("build/app.txt", "x\n")
                .asks(
                        "Remove build/tmp.",
                        Slip.until(half, calls("bash", "command", "rm -r build/tmp"), "cut off by the length limit"),
                        Slip.none(says("It is removed.")))
                .neverRuns("rm -r build\n")
                .runs("rm -r build", 0)
                .runs("rm -r build/tmp", 1);
    }
}
