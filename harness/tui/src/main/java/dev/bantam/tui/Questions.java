package dev.bantam.tui;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;

/** Asks the person something that has a short answer. */
final class Questions {
    private final Prompt prompt;
    private final Conversation conversation;

    Questions(Prompt prompt, Conversation conversation) {
        this.prompt = prompt;
        this.conversation = conversation;
    }

    boolean confirm(String question) {
        String answer = ask(question + " (y/N)").toLowerCase(Locale.ROOT);
        return answer.equals("y") || answer.equals("yes");
    }

    Optional<Integer> choose(String question, List<String> options) {
        List<String> lines = new ArrayList<>(List.of(question));
        options.forEach(option -> lines.add("  " + lines.size() + "  " + Clean.line(option)));
        conversation.say(String.join("\n", lines), Ink.TEXT);
        while (true) {
            String answer = ask("1-" + options.size() + ", Enter for none:");
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            for (int i = 0; i < options.size(); i++) {
                if (answer.equals(Integer.toString(i + 1))) {
                    return Optional.of(i);
                }
            }
            conversation.say("a number from 1 to " + options.size() + ", or Enter for none", Ink.NOTE);
        }
    }

    /** Empty also for Ctrl+C and Ctrl+D: no answer is never a yes. */
    private String ask(String question) {
        try {
            return prompt.ask(Clean.line(question) + " ").strip();
        } catch (UserInterruptException | EndOfFileException declined) {
            return "";
        }
    }
}
