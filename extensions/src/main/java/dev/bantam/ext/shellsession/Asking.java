package dev.bantam.ext.shellsession;

import dev.bantam.ext.text.Template;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why a program seems to wait for somebody at the terminal. */
enum Asking {
    PASSWORD("\3", true, "(?i)(password|passphrase|passcode|\\bpin)\\b[^\\n]{0,100}: ?$", "password.md"),
    PAGER(
            "\nq",
            true,
            "--More--|^\\(END\\) ?$|^:$|\\(press (RETURN|h for help|q to quit)|^lines \\d+-\\d+|^Press RETURN to continue",
            "pager.md"),
    /** Known by the cursor's jumps; the keys are those of vi. */
    SCREEN("\33:q!\n", false, "", "screen.md"),
    QUESTION(
            "",
            true,
            "(?i)[\\[(](y(es)?/n(o)?|n(o)?/y(es)?)\\b[^\\])]*[\\])][^\\n]{0,20}$|press (any key|enter|return)",
            "question.md"),
    DIALOGUE("", true, "^(>>>|\\.\\.\\.|In \\[\\d+]:|\\([a-z0-9-]{1,20}\\)|[\\w.:()-]{0,40}[>#$]) $", "dialogue.md"),
    PROMPT(
            "",
            false,
            "(?i)\\b(enter|type|choose|select|input|name|login|user|username|e-?mail|answer|value|number|overwrite"
                    + "|continue|remove|replace|proceed|sure)\\b[^\\n]*[:?>] ?$",
            "question.md");

    private final String ends;
    private final boolean sure;
    private final Pattern lastLine;
    private final String advice;

    /**
     * @param ends keys that end it, where nobody can answer; else empty
     * @param sure whether it cannot be mistaken
     */
    Asking(String ends, boolean sure, String lastLine, String advice) {
        this.ends = ends;
        this.sure = sure;
        this.lastLine = Pattern.compile(lastLine);
        this.advice = advice;
    }

    static Optional<Asking> on(Screen screen, Pace pace) {
        String line = screen.lastLine();
        for (Asking asking : values()) {
            long quiet = (asking.sure ? pace.sure() : pace.likely()).toNanos();
            boolean looksSo = asking == SCREEN
                    ? screen.takesTheScreen()
                    : asking.lastLine.matcher(line).find();
            if (looksSo && screen.quietNanos() >= quiet) {
                return Optional.of(asking);
            }
        }
        return Optional.empty();
    }

    /** Whether nobody can answer it, so that the program is ended at once. */
    boolean ends() {
        return !ends.isEmpty();
    }

    /** What ends it. */
    String keys() {
        return ends;
    }

    String advice() {
        return Template.of(Asking.class, advice).text();
    }

    /** For a decision. */
    String word() {
        return switch (this) {
            case SCREEN -> "a full screen";
            case PASSWORD -> "a password prompt";
            case PAGER -> "a pager";
            case QUESTION, PROMPT -> "a question";
            case DIALOGUE -> "a prompt";
        };
    }
}
