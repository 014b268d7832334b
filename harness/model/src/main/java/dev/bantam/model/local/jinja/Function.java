package dev.bantam.model.local.jinja;

/** What a template can call. */
@FunctionalInterface
interface Function {
    Object call(Arguments arguments);
}
