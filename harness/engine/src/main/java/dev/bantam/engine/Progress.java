package dev.bantam.engine;

/** Told after each batch how many tokens of an append have been evaluated. Called on the appending thread. */
public interface Progress {
    Progress NONE = (done, total) -> {};

    void evaluated(int done, int total);
}
