package dev.bantam.core.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Arguments;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.ToolResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
    @Test
    void theOutputOfAFailedCommandIsCarriedUntilThatCommandSucceeds() {
        Ledger ledger = new Ledger();
        ledger.note(bash("1", "mvn  test"));
        ledger.note(new Message.ToolReply("1", "bash", new ToolResult.Failed("FAIL: sum")));
        ledger.note(bash("2", "git diff"));
        ledger.note(new Message.ToolReply("2", "bash", new ToolResult.Done("ok")));
        assertThat(ledger.lastFailure()).contains("FAIL: sum");

        ledger.note(bash("3", "mvn test"));
        ledger.note(new Message.ToolReply("3", "bash", new ToolResult.Done("ok")));
        assertThat(ledger.lastFailure()).isEmpty();
    }

    private static Message bash(String id, String command) {
        return new Message.Assistant(
                List.of(new Part.ToolCall(id, "bash", Arguments.of("command", command))), Finish.TOOL_CALLS);
    }
}
