package dev.bantam.model.local.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A piece of a template that prints or changes something. */
sealed interface Node {
    record Data(String text) implements Node {}

    record Print(Expression value, int line) implements Node {}

    record If(Expression condition, List<Node> then, List<Node> otherwise, int line) implements Node {}

    /** @param names one, or several that each element is taken apart into */
    record For(
            List<String> names,
            Expression elements,
            Optional<Expression> condition,
            List<Node> body,
            List<Node> otherwise,
            int line)
            implements Node {}

    record Set(List<Expression> targets, Expression value, int line) implements Node {}

    /** {@code {% set x %}…{% endset %}}. */
    record SetBlock(Expression target, List<Expression.Filter> filters, List<Node> body, int line) implements Node {}

    record FilterBlock(Expression.Filter filter, List<Node> body, int line) implements Node {}

    /** @param defaults by the parameter's name */
    record Macro(String name, List<String> parameters, Map<String, Expression> defaults, List<Node> body)
            implements Node {}

    /** {@code {% call macro(…) %}…{% endcall %}}. */
    record CallBlock(Expression.Call call, List<String> parameters, List<Node> body, int line) implements Node {}

    /** A block with a scope and no other effect. */
    record Block(List<Node> body) implements Node {}

    record Break() implements Node {}

    record Continue() implements Node {}
}
