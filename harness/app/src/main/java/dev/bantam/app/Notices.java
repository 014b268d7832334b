package dev.bantam.app;

import java.util.Optional;

/** Sentences for the person about how a run was set up. */
final class Notices {
    private Notices() {}

    /** What the project brings and nobody trusted yet. */
    static Optional<String> untrusted(Configuration configuration) {
        int count = configuration.untrusted().size();
        return count == 0
                ? Optional.empty()
                : Optional.of("this project brings " + count + (count == 1 ? " file" : " files")
                        + " in .bantam/ that nobody trusted yet; " + (count == 1 ? "it is" : "they are")
                        + " not used. Look at " + (count == 1 ? "it" : "them")
                        + ", then use --trust for one run, or answer yes in the terminal");
    }
}
