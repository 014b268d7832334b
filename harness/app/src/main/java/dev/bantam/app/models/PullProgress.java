package dev.bantam.app.models;

import dev.bantam.app.setup.Sizes;
import dev.bantam.model.hub.HubFile;
import dev.bantam.model.hub.Watch;
import dev.bantam.tui.Clean;
import java.io.PrintStream;
import java.time.Duration;

/** Shows a download: on a terminal a line that moves, elsewhere a line now and then. */
final class PullProgress implements Watch, AutoCloseable {
    private static final String ERASE_LINE = "\r\u001b[2K";
    private static final int BAR = 24;
    private static final long DRAW_EVERY = Duration.ofMillis(200).toNanos();
    private static final long TELL_EVERY = Duration.ofSeconds(30).toNanos();

    private final PrintStream err;
    private final boolean terminal;
    private long began;
    private long hereAtFirst;
    private long shown;
    private boolean drawn;

    PullProgress(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    @Override
    public void begins(HubFile file, long here) {
        began = System.nanoTime();
        shown = began;
        hereAtFirst = here;
        String more = here > 0 ? ", " + Sizes.bytes(here) + " of them here already" : "";
        line("getting " + file.path() + ": " + Sizes.bytes(file.bytes()) + more);
    }

    @Override
    public void has(HubFile file, long bytes) {
        long now = System.nanoTime();
        if (now - shown < (terminal ? DRAW_EVERY : TELL_EVERY)) {
            return;
        }
        shown = now;
        hereAtFirst = Math.min(hereAtFirst, bytes); // begun anew
        double rate = (bytes - hereAtFirst) * 1e9 / Math.max(1, now - began);
        String figures = "%3d %% of %s, %s/s, %s left"
                .formatted(
                        100 * bytes / Math.max(1, file.bytes()),
                        Sizes.bytes(file.bytes()),
                        Sizes.bytes((long) rate),
                        left((file.bytes() - bytes) / Math.max(1, rate)));
        if (terminal) {
            int full = (int) (BAR * bytes / Math.max(1, file.bytes()));
            err.print(ERASE_LINE + "█".repeat(full) + "░".repeat(BAR - full) + " " + figures);
            err.flush();
            drawn = true;
        } else {
            line(figures);
        }
    }

    @Override
    public void says(String sentence) {
        line(sentence);
    }

    @Override
    public void complete(HubFile file) {
        line("checked: " + file.path());
    }

    @Override
    public void close() {
        erase();
    }

    private void line(String text) {
        erase();
        err.println(Clean.line(text));
    }

    private void erase() {
        if (drawn) {
            err.print(ERASE_LINE);
            err.flush();
            drawn = false;
        }
    }

    private static String left(double seconds) {
        long whole = (long) Math.min(seconds, 359_999);
        return whole >= 3600
                ? "%d:%02d h".formatted(whole / 3600, whole / 60 % 60)
                : "%d:%02d min".formatted(whole / 60, whole % 60);
    }
}
