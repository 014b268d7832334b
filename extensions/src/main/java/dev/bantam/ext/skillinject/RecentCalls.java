package dev.bantam.ext.skillinject;

import dev.bantam.api.ToolResult;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The last calls of a session, the newest first. */
final class RecentCalls {
    private static final int REMEMBERED = 8;
    private static final int MOST_TOOLS = 4;

    private final Deque<Call> calls = new ArrayDeque<>();

    private record Call(String tool, boolean succeeded) {}

    void note(String tool, ToolResult result) {
        calls.addFirst(new Call(tool, result instanceof ToolResult.Done));
        if (calls.size() > REMEMBERED) {
            calls.removeLast();
        }
    }

    /** The tool whose last call failed or was refused; of several the last one. */
    Optional<String> failed() {
        Set<String> mastered = new HashSet<>();
        for (Call call : calls) {
            if (call.succeeded()) {
                mastered.add(call.tool());
            } else if (!mastered.contains(call.tool())) {
                return Optional.of(call.tool());
            }
        }
        return Optional.empty();
    }

    /** Four tools at most. */
    List<String> used() {
        return calls.stream().map(Call::tool).distinct().limit(MOST_TOOLS).toList();
    }
}
