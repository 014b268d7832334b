package dev.bantam.app.setup;

/** The command that others stand behind, such as {@code bantam [OPTIONS] models}. */
public interface HasOptions {
    /** What was said before the other command's name; it holds for that too. */
    RunOptions options();
}
