package dev.bantam.model.remote;

import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.model.server.Frame;
import dev.bantam.model.server.FrameSink;
import java.util.OptionalLong;

/** Gathers one reply from a stream. */
public interface ReplyReader extends FrameSink {
    @Override
    void frame(Frame frame) throws ModelException;

    /** Tokens of the prompt that the server has read or will read, the cached ones included; empty until it says so. */
    OptionalLong promptTokens();

    /** Tokens of the prompt that the server did not read again. */
    long cachedTokens();

    OptionalLong outputTokens();

    /**
     * The reply, once the stream has ended.
     *
     * @throws ModelException when the stream ended before the reply did
     */
    Message.Assistant message() throws ModelException;
}
