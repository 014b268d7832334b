package dev.bantam.ext.toolcallrepair;

/** How a call was written in a text. */
enum Form {
    TAG("tool_call markup", true),
    FUNCTION("function markup", true),
    MISTRAL("[TOOL_CALLS] markup", true),
    PYTHON_TAG("<|python_tag|> markup", true),
    TOOL_FENCE("a tool block", true),
    JSON_FENCE("a JSON block", false),
    BARE("bare JSON", false);

    private final String words;
    private final boolean explicit;

    Form(String words, boolean explicit) {
        this.words = words;
        this.explicit = explicit;
    }

    /** For people. */
    String words() {
        return words;
    }

    /** Whether it can be nothing but a call. JSON by itself may be data. */
    boolean explicit() {
        return explicit;
    }
}
