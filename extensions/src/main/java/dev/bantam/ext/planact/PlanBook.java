package dev.bantam.ext.planact;

import dev.bantam.api.ExtensionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Everything about the plan that lies in files: the plan itself, and how far it has been carried out. */
final class PlanBook {
    private final ExtensionContext context;
    private final PlanFile file;

    /** @throws IllegalArgumentException when the plan's file would lie outside the workspace */
    PlanBook(ExtensionContext context) {
        this.context = context;
        try {
            this.file = new PlanFile(context.workspace(), context.setting(PlanAct.FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A plan that is to be carried out from the beginning of this session: the one that it was at when it was taken up
     * again, or the one that is required.
     *
     * @throws IllegalArgumentException when the required plan is missing, or nobody has said yes to it
     */
    Optional<Progress> begun(Mode mode) {
        try {
            Optional<Progress> kept =
                    context.earlier().isEmpty() ? Optional.empty() : progress().read();
            if (mode != Mode.REQUIRE) {
                return kept;
            }
            Plan required = required();
            return Optional.of(kept.filter(begun -> begun.plan().steps().equals(required.steps()))
                    .orElseGet(() -> new Progress(required)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Plan required() throws IOException {
        if (!file.exists()) {
            throw new IllegalArgumentException("the plan " + shown() + " does not exist. Make one with --plan ask or"
                    + " --plan auto, or name another with --plan require=FILE");
        }
        if (!file.approved()) {
            throw new IllegalArgumentException("the plan " + shown()
                    + " is not approved. Read it, and if it is right"
                    + " change the line with its status to \"Status: approved\"");
        }
        return file.read()
                .orElseThrow(() -> new IllegalArgumentException("the plan " + shown()
                        + " has no steps. After the line with its status it needs a numbered list of 1 to "
                        + Plan.MOST_STEPS + " steps"));
    }

    String shown() {
        return file.shown();
    }

    /** The plan as the file now has it; empty when it has no steps. */
    Optional<Plan> read() throws IOException {
        return file.read();
    }

    void propose(Plan plan) throws IOException {
        file.write(plan, false);
        keep(new Progress(plan), "waiting");
    }

    void agreed(Progress progress) throws IOException {
        file.write(progress.plan(), true);
        keep(progress, "acting");
    }

    /** @param phase what goes on, in a word */
    void keep(Progress progress, String phase) throws IOException {
        progress().write(progress.toJson(phase, shown()));
    }

    private ProgressFile progress() {
        return new ProgressFile(context.sessionFolder(), context.workspace().root());
    }
}
