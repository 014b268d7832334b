package dev.bantam.ext.scripts;

import static dev.bantam.testkit.Slip.calls;
import static dev.bantam.testkit.Slip.says;

import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.ext.shellsession.PretendedShell;
import dev.bantam.testkit.FakeSandbox.Answer;
import dev.bantam.testkit.Slip;
import java.util.List;

/** What a small model does not know, or knows no more. */
final class ThingsForgotten {
    private ThingsForgotten() {}

    /** @param site the address of a web server on this machine that has a page {@code /rates} */
    static List<FailureScript> all(String site) {
        return List.of(
                lostAtCompaction(),
                noPlan(),
                otherSession(),
                ruleBroken(),
                writtenTwice(),
                wrongFolder(),
                roundedFloats(),
                wrongTemperature(),
                guessedPage(site),
                movesAbout());
    }

    private static FailureScript lostAtCompaction() {
        String filler = "nothing of interest here, line after line\n".repeat(150);
        return FailureScript.named("It forgets a fact when the conversation is compacted")
                .window(8_192)
                .file("notes/rates.txt", "The rate of 2019 is 0.0731.\n")
                .file("big1.txt", filler)
                .file("big2.txt", filler)
                .file("big3.txt", filler)
                .file("big4.txt", filler)
                .file("big5.txt", filler)
                .asks(
                        "Find the rate of 2019 in the notes, look through the big files, then write the rate to rate.txt.",
                        Slip.none(calls("read", "path", "notes/rates.txt")),
                        Slip.none(calls(
                                "evidence_add", "fact", "The rate of 2019 is 0.0731.", "source", "notes/rates.txt:1")),
                        Slip.none(calls("read", "path", "big1.txt")),
                        Slip.none(calls("read", "path", "big2.txt")),
                        Slip.none(calls("read", "path", "big3.txt")),
                        Slip.none(calls("read", "path", "big4.txt")),
                        Slip.none(calls("read", "path", "big5.txt")),
                        Slip.unless(
                                seen -> seen.everything().contains("0.0731"),
                                calls("write", "path", "rate.txt", "content", "0.07\n"),
                                calls("write", "path", "rate.txt", "content", "0.0731\n")),
                        Slip.none(says("rate.txt has the rate.")))
                .leaves("rate.txt", "0.0731\n");
    }

    private static FailureScript noPlan() {
        return FailureScript.named("It does the first part of a task, and forgets the others")
                .set("plan-act.mode", "auto")
                .asks(
                        "Write a.py, b.py and c.py, each with its own x.",
                        Slip.unless(
                                seen -> seen.told().contains("a numbered list of small steps"),
                                write("a.py"),
                                says("1. Write a.py\n2. Write b.py\n3. Write c.py")),
                        Slip.none(write("a.py")),
                        Slip.until(says("STEP DONE: a.py is written."), write("b.py"), "step 2 of 3: Write b.py"),
                        Slip.until(says("STEP DONE: b.py is written."), write("c.py"), "step 3 of 3: Write c.py"),
                        Slip.none(says("STEP DONE: c.py is written.")))
                .leaves("a.py", "x = 1\n")
                .leaves("b.py", "x = 1\n")
                .leaves("c.py", "x = 1\n");
    }

    private static Message.Assistant write(String path) {
        return calls("write", "path", path, "content", "x = 1\n");
    }

    private static FailureScript otherSession() {
        return FailureScript.named("Its second session knows nothing of what the first one decided")
                .set("memory-bank.on", true)
                .asks(
                        "Write rates.py.",
                        Slip.none(calls("write", "path", "rates.py", "content", "LOW = 250\n")),
                        Slip.none(says("rates.py is there.\n\nDecision: rates are kept in cents, never as floats.")))
                .asks(
                        "Write prices.py with a price of 3.20.",
                        Slip.unless(
                                seen -> seen.everything().contains("kept in cents"),
                                calls("write", "path", "prices.py", "content", "PRICE = 3.2\n"),
                                calls("write", "path", "prices.py", "content", "PRICE = 320\n")),
                        Slip.none(says("prices.py is there.")))
                .leaves("prices.py", "PRICE = 320\n");
    }

    private static FailureScript ruleBroken() {
        return FailureScript.named("It breaks a rule of the project")
                .trusted(".bantam/rules.md", "- Files under 5 lines\n")
                .asks(
                        "Write the file steps.txt with six steps.",
                        Slip.none(calls("write", "path", "steps.txt", "content", "1\n2\n3\n4\n5\n6\n")),
                        Slip.unless(
                                seen -> seen.everything().contains("steps.txt now has 6 lines"),
                                says("steps.txt is written."),
                                calls("edit", "path", "steps.txt", "old_text", "4\n5\n6\n", "new_text", "")),
                        Slip.none(calls("write", "path", "more.txt", "content", "4\n5\n6\n")),
                        Slip.none(says("The steps are in steps.txt and more.txt.")))
                .leaves("steps.txt", "1\n2\n3\n")
                .leaves("more.txt", "4\n5\n6\n");
    }

    private static FailureScript writtenTwice() {
        String existing = "def slug_of(title):\n    return title.lower().replace(' ', '-')\n";
        return FailureScript.named("It writes anew what the project has already")
                .trusted(".bantam/rules.md", "- Check existing utilities before writing new ones\n")
                .file("text.py", existing)
                .asks(
                        "Write page.py with a function that gives the slug of a title.",
                        Slip.none(calls(
                                "write",
                                "path",
                                "page.py",
                                "content",
                                "def slug_of_title(title):\n    return title.lower()\n")),
                        Slip.unless(
                                seen -> seen.everything().contains("slug_of (text.py")
                                        || seen.everything().contains("text.py:1"),
                                says("page.py is written."),
                                calls(
                                        "edit",
                                        "path",
                                        "page.py",
                                        "old_text",
                                        "def slug_of_title(title):\n    return title.lower()\n",
                                        "new_text",
                                        "from text import slug_of\n")),
                        Slip.none(says("page.py uses slug_of.")))
                .leaves("page.py", "from text import slug_of\n");
    }

    private static FailureScript wrongFolder() {
        String inWeb = "cd web && npm test";
        return FailureScript.named("It forgets that each command starts in the workspace")
                .file("web/package.json", "{\"scripts\": {\"test\": \"jest\"}}\n")
                .commands(root -> line -> line.equals("npm test")
                        ? new Answer(1, "npm error: no package.json here\n")
                        : new Answer(0, "3 passed\n"))
                .asks(
                        "Run the tests of web with npm.",
                        new Slip(
                                List.of(calls("bash", "command", "cd web"), calls("bash", "command", "npm test")),
                                seen -> seen.told().contains("Every call starts in the workspace: " + inWeb),
                                calls("bash", "command", inWeb),
                                5),
                        Slip.none(says("3 tests pass.")))
                .runs(inWeb, 1);
    }

    private static FailureScript roundedFloats() {
        return FailureScript.named("It does not know how to do what is asked, and a card does")
                .asks(
                        "Write price.py: the price of an invoice with tax, rounded to two decimal places.",
                        Slip.unless(
                                seen -> seen.told().contains("whole cents, or a decimal type made from TEXT"),
                                calls("write", "path", "price.py", "content", "price = round(0.1 + 0.2, 2)\n"),
                                calls("write", "path", "price.py", "content", "price = Decimal(\"0.10\")\n")),
                        Slip.none(says("price.py is written.")))
                .leaves("price.py", "price = Decimal(\"0.10\")\n");
    }

    private static FailureScript wrongTemperature() {
        Message.Assistant repeated =
                new Message.Assistant(List.of(new Part.Text("the the the the the the")), Finish.LOOP);
        return FailureScript.named("It repeats words without end at its server's temperature")
                .config("profiles/weak.json", "{\"match\": \"weak\", \"temperature\": 0.7}")
                .asks(
                        "Write a.py with x in it.",
                        new Slip(
                                List.of(repeated),
                                seen -> seen.request().options().temperature().orElse(0) == 0.7,
                                write("a.py"),
                                20),
                        Slip.none(says("I wrote a.py.")))
                .leaves("a.py", "x = 1\n");
    }

    private static FailureScript guessedPage(String site) {
        return FailureScript.named("It guesses what a page says")
                .set("web.fetch", true)
                .set("web.private-hosts", List.of(site.replace("http://", "")))
                .asks(
                        "Write the rate that " + site + "/rates gives into rate.txt.",
                        Slip.none(calls("web_fetch", "url", site + "/rates")),
                        Slip.unless(
                                seen -> seen.everything().contains("0.0731"),
                                calls("write", "path", "rate.txt", "content", "0.05\n"),
                                calls("write", "path", "rate.txt", "content", "0.0731\n")),
                        Slip.none(says("rate.txt has the rate.")))
                .leaves("rate.txt", "0.0731\n");
    }

    private static FailureScript movesAbout() {
        return FailureScript.named("It works in a shell as if that remembered its folder")
                .file("web/package.json", "{}\n")
                .commands(root -> new PretendedShell(root.toString()).on("npm test", 0, "3 passed\r\n"))
                .asks(
                        "Run the tests of web with npm.",
                        Slip.none(calls("shell", "command", "cd web")),
                        Slip.until(calls("shell", "command", "npm test"), says("3 tests pass."), "3 passed", "web"))
                .throughout();
    }
}
