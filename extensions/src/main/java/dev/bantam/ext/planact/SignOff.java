package dev.bantam.ext.planact;

import dev.bantam.api.Person;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Asks the person at the terminal for a yes. */
final class SignOff {
    private static final int YES = 0;
    private static final int EDIT = 1;

    private SignOff() {}

    /** The plan that was agreed to, as the person may have changed it; empty for a no. */
    static Optional<Plan> of(Plan plan, PlanBook file, Person person) throws IOException {
        int answer = person.choose(
                        plan.list() + "\n\nCarry out this plan? It is in " + file.shown() + ".",
                        List.of("yes", "edit: I change " + file.shown() + " first", "no"))
                .orElse(-1);
        return switch (answer) {
            case YES -> Optional.of(plan);
            case EDIT -> edited(file, person);
            default -> Optional.empty();
        };
    }

    private static Optional<Plan> edited(PlanBook file, Person person) throws IOException {
        boolean ready = person.choose(
                                "Change " + file.shown() + " in your editor and save it. Then:",
                                List.of("carry it out as it is now", "no"))
                        .orElse(-1)
                == YES;
        return ready ? file.read() : Optional.empty();
    }
}
