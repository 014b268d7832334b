package dev.bantam.ext.toolcallrepair;

import dev.bantam.api.Finish;
import dev.bantam.api.Hooks;
import dev.bantam.api.Hooks.MendedReply;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.TurnVerdict;
import dev.bantam.core.settings.Settings;
import dev.bantam.ext.FileTools;
import dev.bantam.ext.FolderWorkspace;
import dev.bantam.ext.TestContext;
import dev.bantam.testkit.ScriptedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Asks fresh hooks about one reply. */
final class Repairs {
    private Repairs() {}

    static Hooks hooks() {
        return new ToolCallRepair()
                .open(TestContext.of(
                        new ScriptedModel(),
                        new FolderWorkspace(Path.of("/workspace")),
                        FileTools.SPECS,
                        Settings.declare(List.of())));
    }

    static Optional<MendedReply> mend(List<Part> parts) {
        return hooks().mendReply(new Message.Assistant(parts, Finish.STOP));
    }

    static Optional<MendedReply> mend(String text) {
        return mend(List.of(new Part.Text(text)));
    }

    /** The reply after its repair; it must have been repaired. */
    static Message.Assistant mended(String text) {
        return new Message.Assistant(mend(text).orElseThrow().parts(), Finish.STOP);
    }

    /** What the model is told when the turn ends with this reply. */
    static Optional<String> nudge(String text) {
        Hooks hooks = hooks();
        Message.Assistant reply = new Message.Assistant(List.of(new Part.Text(text)), Finish.STOP);
        boolean called = hooks.mendReply(reply).isPresent();
        TurnVerdict verdict = hooks.judgeTurn(new Hooks.Turn(1, reply, List.of(), !called));
        return verdict instanceof TurnVerdict.Nudge nudge ? Optional.of(nudge.text()) : Optional.empty();
    }
}
