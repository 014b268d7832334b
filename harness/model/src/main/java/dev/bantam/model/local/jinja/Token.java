package dev.bantam.model.local.jinja;

/** A piece of a template's source. */
record Token(Kind kind, String text, int line) {
    enum Kind {
        /** Text between tags. */
        DATA,
        /** {@code {{}. */
        OPEN_EXPRESSION,
        /** {@code }}}. */
        CLOSE_EXPRESSION,
        /** {@code {%}. */
        OPEN_TAG,
        /** {@code %}}. */
        CLOSE_TAG,
        NAME,
        STRING,
        WHOLE,
        REAL,
        OPERATOR,
        END
    }

    boolean is(Kind kind, String text) {
        return this.kind == kind && this.text.equals(text);
    }
}
