package dev.bantam.tui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;

/** Asks the person something that has a short answer. */
final class Questions {
    private final Prompt prompt;
    private final Conversation conversation;
    private final Runnable leave;

    /** @param leave told when the person answers with Ctrl+C */
    Questions(Prompt prompt, Conversation conversation, Runnable leave) {
        this.prompt = prompt;
        this.conversation = conversation;
        this.leave = leave;
    }

    boolean confirm(String question) {
        return decide(question).orElse(false);
    }

    /** Empty for Ctrl+C and Ctrl+D: somebody who leaves has not said no. */
    Optional<Boolean> decide(String question) {
        return answer(question + " (y/N)")
                .map(answer -> answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes"));
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
        return answer(question).orElse("");
    }

    private Optional<String> answer(String question) {
        try {
            return Optional.of(prompt.ask(Clean.line(question) + " ").strip());
        } catch (UserInterruptException left) {
            leave.run();
            return Optional.empty();
        } catch (EndOfFileException declined) {
            return Optional.empty();
        }
    }
}
