package dev.bantam.model.server;

import dev.bantam.api.ModelException;

/** Takes a stream's frames, on the thread that asked. */
public interface FrameSink {
    void frame(Frame frame) throws ModelException, InterruptedException;

    /** Whether the reply is known to be complete, so that whatever happens to the connection now does not matter. */
    boolean complete();
}
