package dev.bantam.tui;

/** Something done at the keyboard while a run goes on. */
sealed interface Key {
    /** Text that was typed or pasted. */
    record Typed(String text) implements Key {}

    /** A key that edits the line or does something. */
    enum Named implements Key {
        ENTER,
        ALT_ENTER,
        NEWLINE,
        ESCAPE,
        INTERRUPT,
        BACKSPACE,
        DELETE,
        LEFT,
        RIGHT,
        HOME,
        END,
        KILL_LINE,
        KILL_WORD,
        THINKING,
        OTHER,
        END_OF_INPUT
    }
}
