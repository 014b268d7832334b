package dev.bantam.ext.scripts;

import static dev.bantam.testkit.Slip.calls;
import static dev.bantam.testkit.Slip.none;
import static dev.bantam.testkit.Slip.says;

import dev.bantam.testkit.FakeSandbox.Answer;
import dev.bantam.testkit.Slip;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Work that looks like one of the failures and is none: nobody may object to anything. */
final class HonestWork {
    private HonestWork() {}

    static List<FailureScript> all() {
        return List.of(
                honest("Asked for a package.json in its reply, it shows one in a block")
                        .asks(
                                "Show me a package.json for an app named read, in your reply.",
                                none(
                                        says(
                                                "```json\n{\"name\": \"read\", \"version\": \"1.0.0\", \"arguments\": {}}\n```"))),
                honest("It explains what a tool call looks like")
                        .asks(
                                "How does a tool call look?",
                                none(says("For example, a call looks like this:\n```json\n{\"name\": \"bash\","
                                        + " \"arguments\": {\"command\": \"ls\"}}\n```")))
                        .runs("ls", 0),
                polling(),
                testsAfterEachEdit(),
                honest("It reads a long file page by page")
                        .file("long.txt", "the same on every page\n")
                        .asks("What is in long.txt?", pages()),
                honest("It builds, tests and cleans up what a build makes")
                        .file("build/app.o", "x\n")
                        .asks(
                                "Build and test this, then run make clean and remove the folder build.",
                                none(calls("bash", "command", "make -j4 && make test")),
                                none(calls("bash", "command", "cargo test --quiet")),
                                none(calls("bash", "command", "make clean; rm -rf build")),
                                none(says("It builds, and the tests pass.")))
                        .runs("make clean; rm -rf build", 1),
                honest("It answers a question without a change")
                        .file("a.py", "x = 1\n")
                        .asks(
                                "What does a.py do? Do not change anything.",
                                none(calls("read", "path", "a.py")),
                                none(says("It sets x to 1. Let me know if I should change it."))),
                honest("It asks back before it changes anything")
                        .asks("Fix the bug in my code.", none(says("Which file do you mean, and what goes wrong?"))),
                honest("It says what it could not do")
                        .file("a.py", "x = 1\n")
                        .asks(
                                "Fix a.py: it must also run on Plan 9.",
                                none(calls("read", "path", "a.py")),
                                none(says("I could not do it: nothing here tells how Plan 9 differs."))),
                honest("It tries three places for a file")
                        .file("c.cfg", "x\n")
                        .asks(
                                "Find the settings.",
                                none(calls("read", "path", "a.cfg")),
                                none(calls("read", "path", "b.cfg")),
                                none(calls("read", "path", "c.cfg")),
                                none(says("They are in c.cfg."))));
    }

    private static FailureScript honest(String name) {
        return FailureScript.named(name).undisturbed();
    }

    private static FailureScript polling() {
        List<Slip> slips = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            slips.add(none(calls("bash", "command", "curl -s localhost:8080/health")));
        }
        slips.add(none(says("The server is up.")));
        return honest("It asks a server until it is up")
                .commands(root -> upAfter(7))
                .asks("Wait until the server is up.", slips.toArray(Slip[]::new));
    }

    private static Function<String, Answer> upAfter(int times) {
        AtomicInteger asked = new AtomicInteger();
        return line -> asked.incrementAndGet() > times ? new Answer(0, "up\n") : new Answer(7, "connection refused\n");
    }

    private static FailureScript testsAfterEachEdit() {
        List<Slip> slips = new ArrayList<>(List.of(none(calls("read", "path", "a.py"))));
        for (int i = 0; i < 4; i++) {
            slips.add(none(calls("edit", "path", "a.py", "old_text", "x = " + i, "new_text", "x = " + (i + 1))));
            slips.add(none(calls("bash", "command", "pytest -q")));
        }
        slips.add(none(says("x is 4, and the tests pass.")));
        return honest("It runs the same tests after each change")
                .file("a.py", "x = 0\n")
                .commands(root -> passesAt(4))
                .asks("Count x up in a.py until the tests pass.", slips.toArray(Slip[]::new))
                .leaves("a.py", "x = 4\n");
    }

    private static Function<String, Answer> passesAt(int run) {
        AtomicInteger runs = new AtomicInteger();
        return line -> !line.startsWith("pytest")
                ? new Answer(0, "")
                : runs.incrementAndGet() >= run ? new Answer(0, "1 passed\n") : new Answer(1, "1 failed\n");
    }

    private static Slip[] pages() {
        List<Slip> slips = new ArrayList<>();
        for (int page = 0; page < 12; page++) {
            slips.add(none(calls("read", "path", "long.txt", "offset", 1 + page * 100, "limit", 100)));
        }
        slips.add(none(says("The same line on every page.")));
        return slips.toArray(Slip[]::new);
    }
}
