package dev.bantam.ext.toolcallrepair;

import dev.bantam.api.ToolSpec;
import java.util.Optional;

/**
 * A call that was meant and cannot be run.
 *
 * @param called the tool's name as the model said it; empty if it cannot be told
 * @param tool empty if there is no such tool
 * @param fault what is wrong, for the model
 * @param callId of a native call
 * @param sure whether it can have been nothing but a call
 */
record Problem(String called, Optional<ToolSpec> tool, String fault, Optional<String> callId, boolean sure) {}
