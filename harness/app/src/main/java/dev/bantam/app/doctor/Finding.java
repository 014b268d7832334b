package dev.bantam.app.doctor;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing that the doctor looked at.
 *
 * @param name what, in a word or two
 * @param text what was found, and what to do about it if something is wrong
 */
record Finding(State state, String name, String text) {

    /** How it is with it. */
    enum State {
        GOOD("ok"),
        /** It works, less well than it could. */
        WEAK("--"),
        /** Something that is needed does not work. */
        BAD("!!");

        private final String mark;

        State(String mark) {
            this.mark = mark;
        }
    }

    static Finding good(String name, String text) {
        return new Finding(State.GOOD, name, text);
    }

    static Finding weak(String name, String text) {
        return new Finding(State.WEAK, name, text);
    }

    static Finding bad(String name, String text) {
        return new Finding(State.BAD, name, text);
    }

    String asLine() {
        return "%s  %-14s %s".formatted(state.mark, name, dev.bantam.tui.Clean.line(text));
    }

    Map<String, Object> asFields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("state", state.name().toLowerCase(java.util.Locale.ROOT));
        fields.put("name", name);
        fields.put("text", text);
        return fields;
    }
}
