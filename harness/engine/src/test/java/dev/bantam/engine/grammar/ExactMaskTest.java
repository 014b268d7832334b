package dev.bantam.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.engine.Constraint;
import dev.bantam.engine.TokenSet;
import dev.bantam.engine.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Masks held against an acceptor that tries every token in every way. */
class ExactMaskTest {
    private static final int STATES = 15; // in each syntax, vocabulary and grammar
    private static final List<String> PATHS = List.of("a", "ab", "abc", "src/ü\"x\".java", "日本\\語", "tab\t");
    private static final Map<String, String> FILES = Map.of(
            "a", "a \"q\" \\ b\r\n\tü日本\u0001\u001f😀",
            "ab", "x\n</parameter>\ny</parameter>z\n\n</param",
            "abc", "",
            "src/ü\"x\".java", "class Main {\n    int é = 1;\n}\n",
            "日本\\語", "\u0000\b\f\"",
            "tab\t", "日");
    private static final ToolShape EDIT = new ToolShape("edit", Shapes.schema("""
                    {"type": "object", "properties": {"path": {"type": "string"}, "old_text": {"type": "string"},
                     "new_text": {"type": "string"}}, "required": ["path", "old_text"]}"""));
    private static final Bindings BINDINGS = (tool, argument, earlier) -> switch (argument) {
        case "path" -> new Bound.OneOf(PATHS);
        case "old_text" -> new Bound.SubstringOf(FILES.get((String) earlier.get("path")));
        default -> Bound.FREE;
    };

    @ParameterizedTest
    @EnumSource(CallSyntax.class)
    void theMaskHasExactlyTheTokensThatKeepACallInItsLanguage(CallSyntax syntax) {
        long seed = new Random().nextLong();
        System.out.println("ExactMaskTest " + syntax + " seed " + seed);
        for (boolean marks : new boolean[] {true, false}) {
            Tokenizer tokenizer = Vocabularies.small(marks);
            TokenTrie trie = TokenTrie.of(tokenizer);
            Frame frame = new Frame(syntax, marks ? tokenizer : null);
            CallGrammar bound = CallGrammar.compile(syntax, List.of(EDIT), trie);
            compare(tokenizer, bound, BINDINGS, frame.call("edit", frame.boundEdit()), seed);
            List<Reference.Rule> calls = new ArrayList<>();
            for (ToolShape tool : Shapes.KNOWN) {
                calls.add(frame.named(tool.name(), frame.arguments(tool)));
            }
            CallGrammar free = CallGrammar.compile(syntax, Shapes.KNOWN, trie);
            compare(tokenizer, free, Bindings.NONE, frame.opened(Reference.any(calls)), seed + 1);
        }
    }

    private static void compare(
            Tokenizer tokenizer, CallGrammar grammar, Bindings bindings, Reference.Rule rule, long seed) {
        Random random = new Random(seed);
        int states = 0;
        while (states < STATES) {
            Constraint constraint = grammar.open(bindings);
            StringBuilder text = new StringBuilder();
            while (!constraint.complete() && text.length() < 250) {
                TokenSet allowed = constraint.allowed();
                if (random.nextInt(4) == 0) {
                    states++;
                    check(tokenizer, constraint, allowed, rule, text.toString(), seed);
                }
                String forced = constraint.forced();
                if (!forced.isEmpty() && random.nextInt(3) > 0) {
                    for (int token : tokenizer.encode(forced, false)) {
                        constraint.accept(token);
                        text.append(symbols(tokenizer, token));
                    }
                    continue;
                }
                int token = pick(tokenizer, allowed, random);
                constraint.accept(token);
                text.append(symbols(tokenizer, token));
            }
        }
    }

    private static void check(
            Tokenizer tokenizer, Constraint constraint, TokenSet allowed, Reference.Rule rule, String text, long seed) {
        List<String> wrong = new ArrayList<>();
        for (int token = 0; token < tokenizer.vocabularySize(); token++) {
            String symbols = symbols(tokenizer, token);
            boolean expected = !symbols.isEmpty()
                    && !tokenizer.isEndOfGeneration(token)
                    && Reference.accepts(rule, text + symbols);
            if (expected != allowed.contains(token)) {
                wrong.add((expected ? "missing " : "too much ") + token + " '" + symbols + "'");
            }
        }
        assertThat(wrong).as("seed %d after %s", seed, text).isEmpty();
        String forced = Reference.bytes(constraint.forced());
        for (int i = 0; i < forced.length(); i++) {
            int byteThere = forced.charAt(i);
            for (int value = 0; value < 256; value++) {
                assertThat(Reference.accepts(rule, text + forced.substring(0, i) + (char) value))
                        .as("seed %d: forced %s after %s", seed, forced, text)
                        .isEqualTo(value == byteThere);
            }
        }
    }

    private static int pick(Tokenizer tokenizer, TokenSet allowed, Random random) {
        if (random.nextInt(3) == 0) {
            for (String likely : new String[] {"\"", "\n", "}", "]"}) {
                int token = tokenizer.encode(likely, false)[0];
                if (allowed.contains(token)) {
                    return token;
                }
            }
        }
        int skip = random.nextInt(allowed.size());
        int token = allowed.next(0);
        while (skip-- > 0) {
            token = allowed.next(token + 1);
        }
        return token;
    }

    /** The bytes of a token, or the one character that stands for a mark. */
    private static String symbols(Tokenizer tokenizer, int token) {
        String text = new String(tokenizer.piece(token), StandardCharsets.UTF_8);
        return tokenizer.special(text).orElse(-1) == token
                ? "" + (char) (Reference.MARK + token)
                : Reference.bytes(tokenizer.piece(token));
    }

    /** What the syntaxes put around names and arguments. {@code marks} is null where marks are text. */
    private record Frame(CallSyntax syntax, Tokenizer marks) {
        private static final Reference.Rule NOTHING = Reference.text("");

        Reference.Rule mark(String text) {
            return marks == null || marks.special(text).isEmpty()
                    ? Reference.text(text)
                    : Reference.just(
                            "" + (char) (Reference.MARK + marks.special(text).getAsInt()));
        }

        Reference.Rule call(String name, Reference.Rule arguments) {
            return opened(named(name, arguments));
        }

        Reference.Rule opened(Reference.Rule named) {
            return Reference.all(
                    Reference.text(
                            switch (syntax) {
                                case HERMES -> "\n{\"name\": \"";
                                case QWEN_XML -> "\n<function=";
                                case MISTRAL -> "[{\"name\": \"";
                                case LLAMA3 -> "{\"name\": \"";
                                case HARMONY -> "functions.";
                            }),
                    named);
        }

        Reference.Rule named(String name, Reference.Rule arguments) {
            return switch (syntax) {
                case HERMES ->
                    Reference.all(
                            Reference.text(name + "\", \"arguments\": "),
                            arguments,
                            Reference.text("}\n"),
                            mark("</tool_call>"));
                case MISTRAL ->
                    Reference.all(Reference.text(name + "\", \"arguments\": "), arguments, Reference.text("}]"));
                case LLAMA3 ->
                    Reference.all(Reference.text(name + "\", \"parameters\": "), arguments, Reference.text("}"));
                case HARMONY ->
                    Reference.all(
                            Reference.text(name),
                            Reference.any(List.of(Reference.text(" "), NOTHING)),
                            mark("<|constrain|>"),
                            Reference.text("json"),
                            mark("<|message|>"),
                            arguments,
                            mark("<|call|>"));
                case QWEN_XML ->
                    Reference.all(
                            Reference.text(name + ">\n"),
                            arguments,
                            Reference.text("</function>\n"),
                            mark("</tool_call>"));
            };
        }

        @SuppressWarnings("unchecked")
        Reference.Rule arguments(ToolShape tool) {
            if (syntax != CallSyntax.QWEN_XML) {
                return Schemas.properties(tool.parameters()).isEmpty()
                        ? Reference.text("{}")
                        : Reference.value(tool.parameters(), tool.parameters());
            }
            Reference.Rule rule = NOTHING;
            List<String> required = (List<String>) tool.parameters().getOrDefault("required", List.of());
            Map<String, Object> properties =
                    (Map<String, Object>) tool.parameters().get("properties");
            for (Map.Entry<String, Object> property : properties.entrySet()) {
                Map<String, Object> schema = (Map<String, Object>) property.getValue();
                boolean plain = List.of("string", List.of("string", "null")).contains(schema.getOrDefault("type", ""));
                Reference.Rule value = plain
                        ? Reference.raw()
                        : Reference.all(Reference.value(schema, tool.parameters()), Reference.text("\n</parameter>"));
                Reference.Rule written = Reference.all(
                        Reference.text("<parameter=" + property.getKey() + ">\n"), value, Reference.text("\n"));
                rule = Reference.all(
                        rule,
                        required.contains(property.getKey()) ? written : Reference.any(List.of(written, NOTHING)));
            }
            return rule;
        }

        Reference.Rule boundEdit() {
            boolean raw = syntax == CallSyntax.QWEN_XML;
            Spelling spelling = raw ? Spelling.RAW : Spelling.JSON;
            Reference.Rule end = Reference.text(raw ? "\n</parameter>" : "\"");
            List<Reference.Rule> ways = new ArrayList<>();
            for (String path : PATHS) {
                String file = FILES.get(path);
                Reference.Rule free = raw ? Reference.raw() : Reference.all(Reference.string());
                Reference.Rule old = file.isEmpty()
                        ? free
                        : raw
                                ? Reference.part(file, spelling, end)
                                : Reference.all(Reference.text("\""), Reference.part(file, spelling, end));
                ways.add(
                        raw
                                ? Reference.all(
                                        Reference.text(
                                                "<parameter=path>\n" + path + "\n</parameter>\n<parameter=old_text>\n"),
                                        old,
                                        Reference.text("\n"),
                                        Reference.any(List.of(
                                                NOTHING,
                                                Reference.all(
                                                        Reference.text("<parameter=new_text>\n"),
                                                        free,
                                                        Reference.text("\n")))))
                                : Reference.all(
                                        Reference.text("{\"path\": \"" + Reference.spelled(path, spelling)
                                                + "\", \"old_text\": "),
                                        old,
                                        Reference.any(List.of(
                                                NOTHING, Reference.all(Reference.text(", \"new_text\": "), free))),
                                        Reference.text("}")));
            }
            return Reference.any(ways);
        }
    }
}
