package dev.bantam.tui;

import dev.bantam.api.SlashCommand;
import java.util.List;

/** What the prompt drives; the application implements it. Its events go to {@link Shell#listener()}. */
public interface Driver {
    /**
     * Answers a prompt. Called on the thread of {@link Shell#loop()}; events may come on any one thread.
     *
     * @throws InterruptedException if the run was ended by interruption; the prompt comes back as after any other run
     */
    void run(String prompt) throws InterruptedException;

    /**
     * Says something to the run that goes on, before its next request. Called while {@link #run} has not returned; what
     * comes too late for that run must be heard at the beginning of the next one.
     */
    void steer(String text);

    /** Says something that starts when the run would end. The same rule for lateness as {@link #steer}. */
    void queue(String text);

    /** Ends the run at once. Called from the keyboard's thread, again for each further press; must not block. */
    void cancel();

    /** Commands beyond the shell's own; they run on the thread of {@link Shell#loop()}, never during a run. */
    List<SlashCommand> commands();

    /** One line: the model, how full its window is, the sandbox, the folder. May be asked for during a run. */
    String status();
}
