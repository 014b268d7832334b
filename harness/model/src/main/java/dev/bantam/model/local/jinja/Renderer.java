package dev.bantam.model.local.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Renders nodes and finds the values of expressions. One rendering, one thread. */
final class Renderer {
    private static final int MAX_DEPTH = 200;

    private final int maxOutput;
    private StringBuilder output = new StringBuilder();
    private int loops;
    private int calls;

    /** Whether a loop goes on. */
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    Renderer(int maxOutput) {
        this.maxOutput = maxOutput;
    }

    String output() {
        return output.toString();
    }

    void render(List<Node> nodes, Scope scope) {
        run(nodes, scope);
    }

    private Flow run(List<Node> nodes, Scope scope) {
        for (Node node : nodes) {
            Flow flow = switch (node) {
                case Node.Data(String text) -> print(text);
                case Node.Print(Expression value, int line) ->
                    print(inLine(line, () -> Values.text(value(value, scope))));
                case Node.If branch ->
                    run(
                            inLine(branch.line(), () -> Values.truth(value(branch.condition(), scope)))
                                    ? branch.then()
                                    : branch.otherwise(),
                            scope);
                case Node.For loop -> loop(loop, scope);
                case Node.Set set -> {
                    Object value = inLine(set.line(), () -> value(set.value(), scope));
                    yield inLine(set.line(), () -> assign(set.targets(), value, scope));
                }
                case Node.SetBlock set -> {
                    Object value = captured(set.body(), new Scope(scope));
                    for (Expression.Filter filter : set.filters()) {
                        value = filtered(filter, value, scope);
                    }
                    yield assign(List.of(set.target()), value, scope);
                }
                case Node.FilterBlock block ->
                    print(Values.text(filtered(block.filter(), captured(block.body(), new Scope(scope)), scope)));
                case Node.Macro macro -> {
                    scope.set(macro.name(), (Function) arguments -> expand(macro, arguments, scope));
                    yield Flow.ON;
                }
                case Node.CallBlock call -> {
                    Node.Macro body = new Node.Macro("caller", call.parameters(), Map.of(), call.body());
                    Function caller = arguments -> expand(body, arguments, scope);
                    yield print(inLine(call.line(), () -> Values.text(call(call.call(), caller, scope))));
                }
                case Node.Block(List<Node> body) -> run(body, new Scope(scope));
                case Node.Break() -> Flow.BREAK;
                case Node.Continue() -> Flow.CONTINUE;
            };
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow print(String text) {
        if (output.length() + text.length() > maxOutput) {
            throw new TemplateException("the template prints without end");
        }
        output.append(text);
        return Flow.ON;
    }

    private String captured(List<Node> body, Scope scope) {
        StringBuilder outside = output;
        output = new StringBuilder();
        try {
            run(body, scope);
            return output.toString();
        } finally {
            output = outside;
        }
    }

    private Flow loop(Node.For loop, Scope scope) {
        List<Object> elements = new ArrayList<>();
        for (Object element : inLine(loop.line(), () -> Values.elements(value(loop.elements(), scope)))) {
            Scope inner = new Scope(scope);
            inLine(loop.line(), () -> unpack(loop.names(), element, inner));
            if (loop.condition().isEmpty()
                    || inLine(
                            loop.line(),
                            () -> Values.truth(value(loop.condition().get(), inner)))) {
                elements.add(element);
            }
        }
        if (elements.isEmpty()) {
            return run(loop.otherwise(), scope);
        }
        loops++;
        for (int i = 0; i < elements.size(); i++) {
            Scope inner = new Scope(scope);
            unpack(loop.names(), elements.get(i), inner);
            inner.set("loop", new LoopState(elements, i, loops - 1));
            if (run(loop.body(), inner) == Flow.BREAK) {
                break;
            }
        }
        loops--;
        return Flow.ON;
    }

    private static Flow unpack(List<String> names, Object element, Scope scope) {
        if (names.size() == 1) {
            scope.set(names.getFirst(), element);
            return Flow.ON;
        }
        List<?> parts = Values.elements(element);
        if (parts.size() != names.size()) {
            throw new TemplateException("%d values for %d names".formatted(parts.size(), names.size()));
        }
        for (int i = 0; i < names.size(); i++) {
            scope.set(names.get(i), parts.get(i));
        }
        return Flow.ON;
    }

    private Flow assign(List<Expression> targets, Object value, Scope scope) {
        List<?> values = targets.size() == 1 ? java.util.Collections.singletonList(value) : Values.elements(value);
        if (values.size() != targets.size()) {
            throw new TemplateException("%d values for %d names".formatted(values.size(), targets.size()));
        }
        for (int i = 0; i < targets.size(); i++) {
            switch (targets.get(i)) {
                case Expression.Name(String name) -> scope.set(name, values.get(i));
                case Expression.Attribute(Expression object, String name)
                when value(object, scope) instanceof Namespace namespace ->
                    namespace.values().put(name, values.get(i));
                default -> throw new TemplateException("only variables and a namespace's attributes can be set");
            }
        }
        return Flow.ON;
    }

    private Object expand(Node.Macro macro, Arguments arguments, Scope surroundings) {
        if (++calls > MAX_DEPTH) {
            throw new TemplateException("the macro " + macro.name() + " calls itself without end");
        }
        try {
            Scope scope = new Scope(surroundings);
            for (int i = 0; i < macro.parameters().size(); i++) {
                String name = macro.parameters().get(i);
                Expression otherwise = macro.defaults().get(name);
                scope.set(
                        name,
                        arguments.has(i, name)
                                ? arguments.get(i, name)
                                : otherwise == null ? new Undefined(name) : value(otherwise, scope));
            }
            if (arguments.named().containsKey("caller")) {
                scope.set("caller", arguments.named().get("caller"));
            }
            return captured(macro.body(), scope);
        } finally {
            calls--;
        }
    }

    private Object value(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Literal(Object value) -> value;
            case Expression.Name(String name) -> scope.get(name);
            case Expression.ListOf(List<Expression> elements) -> values(elements, scope);
            case Expression.MapOf(List<Expression.Entry> entries) -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                entries.forEach(entry -> map.put(value(entry.key(), scope), value(entry.value(), scope)));
                yield map;
            }
            case Expression.Attribute(Expression object, String name) -> Attributes.of(value(object, scope), name);
            case Expression.Item(Expression object, Expression key) ->
                Values.item(value(object, scope), value(key, scope));
            case Expression.Slice slice ->
                Values.slice(
                        value(slice.object(), scope),
                        bound(slice.start(), scope),
                        bound(slice.stop(), scope),
                        bound(slice.step(), scope));
            case Expression.Call call -> call(call, null, scope);
            case Expression.Filter filter -> filtered(filter, value(filter.value(), scope), scope);
            case Expression.Test test ->
                Tests.holds(
                                test.name(),
                                value(test.value(), scope),
                                new Arguments(values(test.arguments(), scope), Map.of()))
                        != test.negated();
            case Expression.Not(Expression value) -> !Values.truth(value(value, scope));
            case Expression.Negative(Expression value) -> Numbers.negative(value(value, scope));
            case Expression.Binary binary -> binary(binary, scope);
            case Expression.Compare compare -> compare(compare, scope);
            case Expression.Choice(Expression condition, Expression then, Optional<Expression> otherwise) ->
                Values.truth(value(condition, scope))
                        ? value(then, scope)
                        : otherwise.isPresent() ? value(otherwise.get(), scope) : new Undefined("the other choice");
        };
    }

    private Object bound(Optional<Expression> bound, Scope scope) {
        return bound.isPresent() ? value(bound.get(), scope) : null;
    }

    private List<Object> values(List<Expression> expressions, Scope scope) {
        List<Object> values = new ArrayList<>(expressions.size());
        expressions.forEach(expression -> values.add(value(expression, scope)));
        return values;
    }

    private Arguments arguments(List<Expression> positional, Map<String, Expression> named, Scope scope) {
        Map<String, Object> values = new LinkedHashMap<>();
        named.forEach((name, expression) -> values.put(name, value(expression, scope)));
        return new Arguments(values(positional, scope), values);
    }

    /** @param caller what a call block gives to its macro; null outside of one */
    private Object call(Expression.Call call, Function caller, Scope scope) {
        Object function = value(call.function(), scope);
        Arguments arguments = arguments(call.arguments(), call.named(), scope);
        if (caller != null) {
            arguments.named().put("caller", caller);
        }
        return switch (function) {
            case Function known -> known.call(arguments);
            case Undefined undefined -> throw undefined.used();
            case null, default -> throw new TemplateException("a " + Values.typeName(function) + " cannot be called");
        };
    }

    private Object filtered(Expression.Filter filter, Object value, Scope scope) {
        return Filters.apply(filter.name(), value, arguments(filter.arguments(), filter.named(), scope));
    }

    private Object binary(Expression.Binary binary, Scope scope) {
        Object left = value(binary.left(), scope);
        return switch (binary.operator()) {
            case "and" -> Values.truth(left) ? value(binary.right(), scope) : left;
            case "or" -> Values.truth(left) ? left : value(binary.right(), scope);
            case "~" -> Values.text(left) + Values.text(value(binary.right(), scope));
            default -> Values.binary(binary.operator(), left, value(binary.right(), scope));
        };
    }

    private boolean compare(Expression.Compare compare, Scope scope) {
        Object left = value(compare.first(), scope);
        for (int i = 0; i < compare.operators().size(); i++) {
            Object right = value(compare.others().get(i), scope);
            boolean holds = switch (compare.operators().get(i)) {
                case "==" -> Values.same(left, right);
                case "!=" -> !Values.same(left, right);
                case "<" -> Values.order(left, right) < 0;
                case "<=" -> Values.order(left, right) <= 0;
                case ">" -> Values.order(left, right) > 0;
                case ">=" -> Values.order(left, right) >= 0;
                case "in" -> Values.contains(right, left);
                default -> !Values.contains(right, left);
            };
            if (!holds) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private static <T> T inLine(int line, java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (TemplateException e) {
            throw e.inLine(line);
        }
    }
}
