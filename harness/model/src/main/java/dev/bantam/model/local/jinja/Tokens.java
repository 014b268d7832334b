package dev.bantam.model.local.jinja;

import dev.bantam.model.local.jinja.Token.Kind;
import java.util.List;

/** Tokens and a place in them. */
final class Tokens {
    private final List<Token> tokens;
    private int at;

    Tokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(at);
    }

    Token peek() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        return tokens.get(at++);
    }

    boolean skip(Kind kind, String text) {
        boolean there = current().is(kind, text);
        at += there ? 1 : 0;
        return there;
    }

    void expect(Kind kind, String text) {
        if (!skip(kind, text)) {
            throw unexpected("expected " + text);
        }
    }

    void expect(Kind kind) {
        if (current().kind() != kind) {
            throw unexpected("expected the end of the tag");
        }
        at++;
    }

    String name() {
        if (current().kind() != Kind.NAME) {
            throw unexpected("expected a name");
        }
        return next().text();
    }

    TemplateException unexpected(String what) {
        Token token = current();
        return new TemplateException(what + (token.text().isBlank() ? "" : ", at \"" + token.text() + "\""))
                .inLine(token.line());
    }
}
