package dev.bantam.ext.permission;

/** What could come of a command, and what therefore follows; listed from the mildest. */
enum Risk {
    /** Reads, or changes files of the workspace in a way that a checkpoint takes back. */
    HARMLESS(Verdict.ALLOW, Verdict.ALLOW),
    /** Builds, tests or runs the project: its own code. */
    BUILD(Verdict.ALLOW, Verdict.ALLOW),
    /** A program that nothing is known of. */
    UNFAMILIAR(Verdict.ASK, Verdict.ALLOW),
    /** Changes files outside of the workspace. */
    OUTSIDE(Verdict.ASK, Verdict.ALLOW),
    /** Changes the machine: its users, services, packages. */
    SYSTEM(Verdict.ASK, Verdict.ALLOW),
    /** Fetches from the network. */
    NETWORK(Verdict.ASK, Verdict.ALLOW),
    /** Reads what looks like a person's keys. */
    PRIVATE(Verdict.ASK, Verdict.ASK),
    /** Cannot be judged before it runs. */
    UNSEEN(Verdict.ASK, Verdict.ASK),
    /** Throws away work in the workspace. */
    LOSS(Verdict.ASK, Verdict.ASK),
    /** Tells others something that cannot be taken back. */
    SENDS(Verdict.ASK, Verdict.ASK),
    /** Destroys the workspace, a home, or the system. Nobody is asked. */
    RUIN(Verdict.DENY, Verdict.DENY);

    private final Verdict free;
    private final Verdict confined;

    Risk(Verdict free, Verdict confined) {
        this.free = free;
        this.confined = confined;
    }

    /**
     * What follows by default.
     *
     * @param inSandbox whether the sandbox keeps commands from the rest of the machine
     * @param offline whether nothing may leave it
     */
    Verdict verdict(boolean inSandbox, boolean offline) {
        if (offline && (this == NETWORK || this == SENDS)) {
            return Verdict.DENY;
        }
        return inSandbox ? confined : free;
    }

    Risk orWorse(Risk other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
