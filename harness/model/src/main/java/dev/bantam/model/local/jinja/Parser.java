package dev.bantam.model.local.jinja;

import dev.bantam.model.local.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads tags; what stands in them is read by {@link ExpressionParser}. */
final class Parser {
    private final Tokens tokens;
    private final ExpressionParser expressions;

    Parser(List<Token> tokens) {
        this.tokens = new Tokens(tokens);
        this.expressions = new ExpressionParser(this.tokens);
    }

    List<Node> template() {
        List<Node> body = body();
        if (tokens.current().kind() != Kind.END) {
            throw tokens.unexpected("a tag that closes nothing");
        }
        return body;
    }

    /** Up to a tag that is not the beginning of a node: an end, or an else. */
    private List<Node> body(String... ends) {
        List<Node> nodes = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            switch (token.kind()) {
                case DATA -> nodes.add(new Node.Data(tokens.next().text()));
                case OPEN_EXPRESSION -> {
                    tokens.next();
                    nodes.add(new Node.Print(expressions.tuple(), token.line()));
                    tokens.expect(Kind.CLOSE_EXPRESSION);
                }
                case OPEN_TAG -> {
                    if (List.of(ends).contains(tokens.peek().text())) {
                        tokens.next();
                        return nodes;
                    }
                    tokens.next();
                    nodes.add(tag(token.line()));
                }
                default -> {
                    if (ends.length > 0) {
                        throw tokens.unexpected("expected " + String.join(" or ", ends));
                    }
                    return nodes;
                }
            }
        }
    }

    private Node tag(int line) {
        String name = tokens.name();
        return switch (name) {
            case "if" -> condition(line);
            case "for" -> loop(line);
            case "set" -> set(line);
            case "macro" -> macro();
            case "call" -> call(line);
            case "filter" -> {
                Expression.Filter filter = expressions.filter(new Expression.Literal(""));
                close();
                List<Node> body = body("endfilter");
                end();
                yield new Node.FilterBlock(filter, body, line);
            }
            case "generation" -> {
                close();
                List<Node> body = body("endgeneration");
                end();
                yield new Node.Block(body);
            }
            case "break" -> {
                close();
                yield new Node.Break();
            }
            case "continue" -> {
                close();
                yield new Node.Continue();
            }
            default -> throw tokens.unexpected("the tag " + name + " is not supported");
        };
    }

    private Node condition(int line) {
        Expression condition = expressions.expression();
        close();
        List<Node> then = body("elif", "else", "endif");
        String next = tokens.name();
        if (next.equals("elif")) {
            return new Node.If(
                    condition, then, List.of(condition(tokens.current().line())), line);
        }
        List<Node> otherwise = List.of();
        close();
        if (next.equals("else")) {
            otherwise = body("endif");
            end();
        }
        return new Node.If(condition, then, otherwise, line);
    }

    private Node loop(int line) {
        List<String> names = names();
        tokens.expect(Kind.NAME, "in");
        Expression elements = expressions.withoutChoice();
        Optional<Expression> condition =
                tokens.skip(Kind.NAME, "if") ? Optional.of(expressions.expression()) : Optional.empty();
        if (tokens.current().is(Kind.NAME, "recursive")) {
            throw tokens.unexpected("recursive loops are not supported");
        }
        close();
        List<Node> body = body("else", "endfor");
        List<Node> otherwise = List.of();
        boolean hasElse = tokens.name().equals("else");
        close();
        if (hasElse) {
            otherwise = body("endfor");
            end();
        }
        return new Node.For(names, elements, condition, body, otherwise, line);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        boolean parentheses = tokens.skip(Kind.OPERATOR, "(");
        do {
            names.add(tokens.name());
        } while (tokens.skip(Kind.OPERATOR, ","));
        if (parentheses) {
            tokens.expect(Kind.OPERATOR, ")");
        }
        return names;
    }

    private Node set(int line) {
        List<Expression> targets = new ArrayList<>();
        do {
            targets.add(expressions.target());
        } while (tokens.skip(Kind.OPERATOR, ","));
        if (tokens.skip(Kind.OPERATOR, "=")) {
            Expression value = expressions.tuple();
            close();
            return new Node.Set(targets, value, line);
        }
        List<Expression.Filter> filters = new ArrayList<>();
        while (tokens.skip(Kind.OPERATOR, "|")) {
            filters.add(expressions.filter(new Expression.Literal("")));
        }
        close();
        List<Node> body = body("endset");
        end();
        return new Node.SetBlock(targets.getFirst(), filters, body, line);
    }

    private Node macro() {
        String name = tokens.name();
        List<String> parameters = new ArrayList<>();
        Map<String, Expression> defaults = new LinkedHashMap<>();
        parameters(parameters, defaults);
        close();
        List<Node> body = body("endmacro");
        end();
        return new Node.Macro(name, parameters, defaults, body);
    }

    private void parameters(List<String> parameters, Map<String, Expression> defaults) {
        tokens.expect(Kind.OPERATOR, "(");
        while (!tokens.skip(Kind.OPERATOR, ")")) {
            String parameter = tokens.name();
            parameters.add(parameter);
            if (tokens.skip(Kind.OPERATOR, "=")) {
                defaults.put(parameter, expressions.expression());
            }
            tokens.skip(Kind.OPERATOR, ",");
        }
    }

    private Node call(int line) {
        List<String> parameters = new ArrayList<>();
        if (tokens.current().is(Kind.OPERATOR, "(")) {
            parameters(parameters, new LinkedHashMap<>());
        }
        if (!(expressions.expression() instanceof Expression.Call call)) {
            throw tokens.unexpected("expected the call of a macro");
        }
        close();
        List<Node> body = body("endcall");
        end();
        return new Node.CallBlock(call, parameters, body, line);
    }

    /** The rest of an end tag. */
    private void end() {
        tokens.next();
        while (tokens.current().kind() == Kind.NAME) { // {% endmacro name %}
            tokens.next();
        }
        close();
    }

    private void close() {
        tokens.expect(Kind.CLOSE_TAG);
    }
}
