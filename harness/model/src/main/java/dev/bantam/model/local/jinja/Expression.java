package dev.bantam.model.local.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A piece of a template that has a value. */
sealed interface Expression {
    record Literal(Object value) implements Expression {}

    record Name(String name) implements Expression {}

    record ListOf(List<Expression> elements) implements Expression {}

    record Entry(Expression key, Expression value) {}

    record MapOf(List<Entry> entries) implements Expression {}

    record Attribute(Expression object, String name) implements Expression {}

    record Item(Expression object, Expression key) implements Expression {}

    record Slice(Expression object, Optional<Expression> start, Optional<Expression> stop, Optional<Expression> step)
            implements Expression {}

    record Call(Expression function, List<Expression> arguments, Map<String, Expression> named) implements Expression {}

    record Filter(Expression value, String name, List<Expression> arguments, Map<String, Expression> named)
            implements Expression {}

    record Test(Expression value, String name, List<Expression> arguments, boolean negated) implements Expression {}

    record Not(Expression value) implements Expression {}

    record Negative(Expression value) implements Expression {}

    record Binary(String operator, Expression left, Expression right) implements Expression {}

    /** {@code a < b <= c}: true when each pair is. */
    record Compare(Expression first, List<String> operators, List<Expression> others) implements Expression {}

    record Choice(Expression condition, Expression then, Optional<Expression> otherwise) implements Expression {}
}
