package dev.bantam.model.local.jinja;

/** The value of what is not there. It prints nothing, is false, and has no attributes. */
record Undefined(String what) {
    TemplateException used() {
        return new TemplateException(what + " is undefined");
    }
}
