package dev.bantam.ext.scripts;

import java.util.List;
import java.util.stream.Stream;

/** All of them. */
public final class FailureScripts {
    private FailureScripts() {}

    /** @param site see {@link ThingsForgotten#all} */
    public static List<FailureScript> failures(String site) {
        return Stream.of(
                        LeakedCalls.all(),
                        WrongEdits.all(),
                        Loops.all(),
                        EarlyEnds.all(),
                        Dangers.all(),
                        ThingsForgotten.all(site))
                .flatMap(List::stream)
                .toList();
    }

    /** What must go through whatever is on. */
    public static List<FailureScript> honestWork() {
        return HonestWork.all();
    }
}
