package dev.bantam.ext.permission;

import dev.bantam.api.Part;
import dev.bantam.api.Person;
import java.util.List;
import java.util.stream.Collectors;

/** What a person is asked before something runs. */
record Question(String text, List<String> choices) {
    private static final int MOST_SHOWN = 2_000;

    /** What the person says. */
    enum Answer {
        ONCE,
        SESSION,
        PROJECT,
        NO;

        String word() {
            return switch (this) {
                case ONCE -> "once";
                case SESSION -> "for this session";
                case PROJECT -> "for this project";
                case NO -> "no";
            };
        }
    }

    Question {
        text = visible(text);
        choices = choices.stream().map(Question::visible).toList();
    }

    /** Nothing in a command may move the cursor or hide a part of it. */
    private static String visible(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]", "\uFFFD");
    }

    static Question about(Part.ToolCall call, List<Finding> asked) {
        String command =
                call.arguments().optionalText("command").orElse(asked.getFirst().shown());
        String whole = command.length() <= MOST_SHOWN
                ? command
                : command.substring(0, MOST_SHOWN) + "\n[" + (command.length() - MOST_SHOWN) + " more characters]";
        String reasons = asked.stream()
                .map(finding -> "- " + finding.shown() + ": it " + reason(finding))
                .collect(Collectors.joining("\n"));
        String granted = asked.stream().map(Grants::shown).distinct().collect(Collectors.joining("; "));
        return new Question(
                "The model wants to run with " + call.tool() + ":\n\n" + whole + "\n\nThis is asked because\n"
                        + reasons,
                List.of(
                        "Yes, this once",
                        "Yes, for this session: " + granted,
                        "Yes, always in this project: " + granted,
                        "No"));
    }

    private static String reason(Finding finding) {
        return finding.why().isEmpty() ? "matches a rule in permission.ask" : finding.why();
    }

    Answer put(Person person) {
        return person.choose(text, choices).map(index -> Answer.values()[index]).orElse(Answer.NO);
    }
}
