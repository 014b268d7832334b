package dev.bantam.tui;

import java.util.function.Consumer;

/** Text for a dumb terminal: written as it comes, cleaned, each text ending with a line end. */
final class PlainStream {
    private final Consumer<String> out;
    private String held = ""; // half a character or half a line end
    private boolean open;

    PlainStream(Consumer<String> out) {
        this.out = out;
    }

    void add(String text) {
        String all = held + text;
        held = "";
        if (!all.isEmpty()) {
            char last = all.charAt(all.length() - 1);
            int whole = Character.isHighSurrogate(last) || last == '\r' ? all.length() - 1 : all.length();
            held = all.substring(whole);
            write(all.substring(0, whole));
        }
    }

    void end() {
        String rest = held;
        held = "";
        write(rest);
        if (open) {
            write("\n");
        }
    }

    private void write(String text) {
        if (!text.isEmpty()) {
            out.accept(Clean.text(text));
            open = !text.endsWith("\n");
        }
    }
}
