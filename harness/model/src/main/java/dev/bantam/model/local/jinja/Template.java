package dev.bantam.model.local.jinja;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A chat template, ready to be rendered. Safe for many threads. */
public final class Template {
    private static final int MAX_OUTPUT = 64 << 20;

    private final List<Node> body;

    private Template(List<Node> body) {
        this.body = body;
    }

    /** @throws TemplateException when it uses what is not supported */
    public static Template parse(String source) {
        return new Template(new Parser(Lexer.tokens(source)).template());
    }

    /**
     * Renders it.
     *
     * @param variables whole numbers of any type are taken as they are
     * @param today what {@code strftime_now} says; empty leaves the function undefined
     * @param refusals whether {@code raise_exception} fails; else it says nothing and rendering goes on
     * @throws TemplateException when it refuses, or does what its values do not allow
     */
    public String render(Map<String, ?> variables, Optional<LocalDate> today, boolean refusals) {
        Renderer renderer = new Renderer(MAX_OUTPUT);
        Scope scope = new Scope(null);
        Globals.define(scope, today, refusals);
        variables.forEach((name, value) -> scope.set(name, Values.of(value)));
        renderer.render(body, scope);
        return renderer.output();
    }
}
