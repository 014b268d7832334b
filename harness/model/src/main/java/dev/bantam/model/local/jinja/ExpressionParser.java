package dev.bantam.model.local.jinja;

import dev.bantam.model.local.jinja.Expression.Binary;
import dev.bantam.model.local.jinja.Expression.Literal;
import dev.bantam.model.local.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads expressions, by recursive descent in jinja2's order of precedence. */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> NO_TEST_ARGUMENT =
            Set.of("and", "or", "not", "else", "elif", "if", "is", "in", "recursive");

    private final Tokens tokens;

    ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** One expression, or several with commas between, as a list. */
    Expression tuple() {
        Expression first = expression();
        if (!tokens.current().is(Kind.OPERATOR, ",")) {
            return first;
        }
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (tokens.skip(Kind.OPERATOR, ",")) {
            Kind kind = tokens.current().kind();
            if (kind == Kind.CLOSE_TAG
                    || kind == Kind.CLOSE_EXPRESSION
                    || tokens.current().is(Kind.OPERATOR, ")")) {
                break;
            }
            elements.add(expression());
        }
        return new Expression.ListOf(elements);
    }

    Expression expression() {
        Expression value = withoutChoice();
        while (tokens.skip(Kind.NAME, "if")) {
            Expression condition = withoutChoice();
            Optional<Expression> otherwise =
                    tokens.skip(Kind.NAME, "else") ? Optional.of(expression()) : Optional.empty();
            value = new Expression.Choice(condition, value, otherwise);
        }
        return value;
    }

    Expression withoutChoice() {
        Expression left = and();
        while (tokens.skip(Kind.NAME, "or")) {
            left = new Binary("or", left, and());
        }
        return left;
    }

    /** A name, or an attribute of one, that is assigned to. */
    Expression target() {
        Expression target = new Expression.Name(tokens.name());
        while (tokens.skip(Kind.OPERATOR, ".")) {
            target = new Expression.Attribute(target, tokens.name());
        }
        return target;
    }

    private Expression and() {
        Expression left = not();
        while (tokens.skip(Kind.NAME, "and")) {
            left = new Binary("and", left, not());
        }
        return left;
    }

    private Expression not() {
        return tokens.skip(Kind.NAME, "not") ? new Expression.Not(not()) : comparison();
    }

    private Expression comparison() {
        Expression first = sum();
        List<String> operators = new ArrayList<>();
        List<Expression> others = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            if (token.kind() == Kind.OPERATOR && COMPARISONS.contains(token.text())) {
                operators.add(tokens.next().text());
            } else if (tokens.skip(Kind.NAME, "in")) {
                operators.add("in");
            } else if (token.is(Kind.NAME, "not") && tokens.peek().is(Kind.NAME, "in")) {
                tokens.next();
                tokens.next();
                operators.add("not in");
            } else {
                return operators.isEmpty() ? first : new Expression.Compare(first, operators, others);
            }
            others.add(sum());
        }
    }

    private Expression sum() {
        Expression left = concatenation();
        while (tokens.current().is(Kind.OPERATOR, "+") || tokens.current().is(Kind.OPERATOR, "-")) {
            left = new Binary(tokens.next().text(), left, concatenation());
        }
        return left;
    }

    private Expression concatenation() {
        Expression left = product();
        while (tokens.skip(Kind.OPERATOR, "~")) {
            left = new Binary("~", left, product());
        }
        return left;
    }

    private Expression product() {
        Expression left = unary();
        while (tokens.current().kind() == Kind.OPERATOR
                && Set.of("*", "/", "//", "%").contains(tokens.current().text())) {
            left = new Binary(tokens.next().text(), left, unary());
        }
        return left;
    }

    private Expression unary() {
        if (tokens.skip(Kind.OPERATOR, "-")) {
            return new Expression.Negative(unary());
        }
        if (tokens.skip(Kind.OPERATOR, "+")) {
            return unary();
        }
        Expression value = postfix(primary());
        if (tokens.skip(Kind.OPERATOR, "**")) {
            value = new Binary("**", value, unary());
        }
        return filtersAndTests(value);
    }

    private Expression primary() {
        Token token = tokens.next();
        return switch (token.kind()) {
            case NAME ->
                switch (token.text()) {
                    case "true", "True" -> new Literal(true);
                    case "false", "False" -> new Literal(false);
                    case "none", "None" -> new Literal(null);
                    default -> new Expression.Name(token.text());
                };
            case STRING -> {
                StringBuilder text = new StringBuilder(token.text());
                while (tokens.current().kind() == Kind.STRING) {
                    text.append(tokens.next().text());
                }
                yield new Literal(text.toString());
            }
            case WHOLE -> new Literal(Long.parseLong(token.text()));
            case REAL -> new Literal(Double.parseDouble(token.text()));
            case OPERATOR ->
                switch (token.text()) {
                    case "(" -> {
                        if (tokens.skip(Kind.OPERATOR, ")")) {
                            yield new Expression.ListOf(List.of());
                        }
                        Expression inside = tuple();
                        tokens.expect(Kind.OPERATOR, ")");
                        yield inside;
                    }
                    case "[" -> {
                        List<Expression> elements = new ArrayList<>();
                        while (!tokens.skip(Kind.OPERATOR, "]")) {
                            elements.add(expression());
                            comma("]");
                        }
                        yield new Expression.ListOf(elements);
                    }
                    case "{" -> {
                        List<Expression.Entry> entries = new ArrayList<>();
                        while (!tokens.skip(Kind.OPERATOR, "}")) {
                            Expression key = expression();
                            tokens.expect(Kind.OPERATOR, ":");
                            entries.add(new Expression.Entry(key, expression()));
                            comma("}");
                        }
                        yield new Expression.MapOf(entries);
                    }
                    default ->
                        throw new TemplateException("\"" + token.text() + "\" begins no expression")
                                .inLine(token.line());
                };
            default -> throw new TemplateException("an expression is missing").inLine(token.line());
        };
    }

    private void comma(String unlessBefore) {
        if (!tokens.current().is(Kind.OPERATOR, unlessBefore)) {
            tokens.expect(Kind.OPERATOR, ",");
        }
    }

    private Expression postfix(Expression object) {
        Expression value = object;
        while (true) {
            if (tokens.skip(Kind.OPERATOR, ".")) {
                Token name = tokens.next();
                value = name.kind() == Kind.WHOLE
                        ? new Expression.Item(value, new Literal(Long.parseLong(name.text())))
                        : new Expression.Attribute(value, name.text());
            } else if (tokens.skip(Kind.OPERATOR, "[")) {
                value = item(value);
            } else if (tokens.skip(Kind.OPERATOR, "(")) {
                List<Expression> arguments = new ArrayList<>();
                Map<String, Expression> named = new LinkedHashMap<>();
                arguments(arguments, named);
                value = new Expression.Call(value, arguments, named);
            } else {
                return value;
            }
        }
    }

    private Expression item(Expression object) {
        Optional<Expression> start = sliceBound();
        if (start.isPresent() && tokens.skip(Kind.OPERATOR, "]")) {
            return new Expression.Item(object, start.get());
        }
        tokens.expect(Kind.OPERATOR, ":");
        Optional<Expression> stop = sliceBound();
        Optional<Expression> step = tokens.skip(Kind.OPERATOR, ":") ? sliceBound() : Optional.empty();
        tokens.expect(Kind.OPERATOR, "]");
        return new Expression.Slice(object, start, stop, step);
    }

    private Optional<Expression> sliceBound() {
        Token token = tokens.current();
        return token.is(Kind.OPERATOR, ":") || token.is(Kind.OPERATOR, "]")
                ? Optional.empty()
                : Optional.of(expression());
    }

    /** After the opening parenthesis. */
    private void arguments(List<Expression> arguments, Map<String, Expression> named) {
        while (!tokens.skip(Kind.OPERATOR, ")")) {
            if (tokens.current().kind() == Kind.NAME && tokens.peek().is(Kind.OPERATOR, "=")) {
                String name = tokens.name();
                tokens.next();
                named.put(name, expression());
            } else {
                arguments.add(expression());
            }
            comma(")");
        }
    }

    private Expression filtersAndTests(Expression first) {
        Expression value = first;
        while (true) {
            if (tokens.skip(Kind.OPERATOR, "|")) {
                value = postfix(filter(value));
            } else if (tokens.skip(Kind.NAME, "is")) {
                value = test(value);
            } else {
                return value;
            }
        }
    }

    /** After the bar. */
    Expression.Filter filter(Expression value) {
        String name = tokens.name();
        List<Expression> arguments = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        if (tokens.skip(Kind.OPERATOR, "(")) {
            arguments(arguments, named);
        }
        return new Expression.Filter(value, name, arguments, named);
    }

    private Expression test(Expression value) {
        boolean negated = tokens.skip(Kind.NAME, "not");
        String name = tokens.name();
        List<Expression> arguments = new ArrayList<>();
        Token token = tokens.current();
        if (tokens.skip(Kind.OPERATOR, "(")) {
            arguments(arguments, new LinkedHashMap<>());
        } else if (token.kind() == Kind.STRING
                || token.kind() == Kind.WHOLE
                || token.is(Kind.OPERATOR, "[")
                || token.kind() == Kind.NAME && !NO_TEST_ARGUMENT.contains(token.text())) {
            arguments.add(postfix(primary()));
        }
        return new Expression.Test(value, name, arguments, negated);
    }
}
