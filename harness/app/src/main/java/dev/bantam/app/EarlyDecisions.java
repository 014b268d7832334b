package dev.bantam.app;

import dev.bantam.core.hooks.HookRunner;
import java.util.ArrayList;
import java.util.List;

/** Keeps decisions until there is somebody to tell them to. */
final class EarlyDecisions {
    private final List<Decided> kept = new ArrayList<>();
    private HookRunner.Decisions listener;

    private record Decided(String extension, String kind, String verdict, String reason) {}

    void decided(String extension, String kind, String verdict, String reason) {
        if (listener == null) {
            kept.add(new Decided(extension, kind, verdict, reason));
        } else {
            listener.decided(extension, kind, verdict, reason);
        }
    }

    void tellTo(HookRunner.Decisions told) {
        listener = told;
        kept.forEach(each -> told.decided(each.extension(), each.kind(), each.verdict(), each.reason()));
        kept.clear();
    }
}
