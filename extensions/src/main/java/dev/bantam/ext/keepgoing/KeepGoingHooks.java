package dev.bantam.ext.keepgoing;

import dev.bantam.api.Event;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.ToolSpec;
import dev.bantam.api.TurnVerdict;
import dev.bantam.ext.text.Ending;
import dev.bantam.ext.text.Template;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Counts how often in a row a reply was taken up; a call or a new prompt ends the row. */
final class KeepGoingHooks implements Hooks {
    private static final int MOST_IN_A_ROW = 2;
    private static final int SHOWN = 200;

    private final ExtensionContext context;
    private final Template nudge = Template.of(KeepGoingHooks.class, "nudge.md");
    private int taken;
    private boolean objected; // somebody else has told the model something this turn

    KeepGoingHooks(ExtensionContext context) {
        this.context = context;
    }

    @Override
    public void onEvent(Event event) {
        if (event instanceof Event.TurnStarted started) {
            objected = false;
            taken = started.turn() == 1 ? 0 : taken;
        } else if (event instanceof Event.Decided decided && decided.kind().equals("turn")) {
            objected |= !decided.extension().equals("keep-going");
        }
    }

    @Override
    public TurnVerdict judgeTurn(Turn turn) {
        if (!turn.reply().toolCalls().isEmpty()) {
            taken = 0;
        }
        if (!turn.last()
                || objected
                || taken >= MOST_IN_A_ROW
                || context.tools().isEmpty()) {
            return TurnVerdict.NO_OPINION;
        }
        Optional<String> announced = Ending.of(turn.reply().text()).announcement();
        if (announced.isEmpty()) {
            return TurnVerdict.NO_OPINION;
        }
        taken++;
        String said = shortened(announced.get());
        String tools = context.tools().stream().map(ToolSpec::name).collect(Collectors.joining(", "));
        return new TurnVerdict.TakeUp(
                nudge.with(Map.of("said", said, "tools", tools)), "announced and did not do: " + said);
    }

    private static String shortened(String sentence) {
        return sentence.length() <= SHOWN ? sentence : sentence.substring(0, SHOWN) + " …";
    }
}
