package dev.bantam.engine.grammar;

/** Where to go on after a rule: a stack that shares its lower part with others. */
final class Frame {
    final Node back;
    final Frame below; // null at the bottom
    private final int hash;

    Frame(Node back, Frame below) {
        this.back = back;
        this.below = below;
        this.hash = 31 * System.identityHashCode(back) + (below == null ? 7 : below.hash);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Frame that) || hash != that.hash) {
            return false;
        }
        Frame a = this;
        Frame b = that;
        while (a != b) {
            if (a == null || b == null || a.back != b.back) {
                return false;
            }
            a = a.below;
            b = b.below;
        }
        return true;
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
