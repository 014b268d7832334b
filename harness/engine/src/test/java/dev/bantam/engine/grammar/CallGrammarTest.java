package dev.bantam.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.bantam.engine.Constraint;
import dev.bantam.engine.TokenSet;
import dev.bantam.engine.Tokenizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallGrammarTest {
    private static final Tokenizer TOKENIZER = Vocabularies.small(true);
    private static final TokenTrie TRIE = TokenTrie.of(TOKENIZER);
    private static final Map<String, Object> STRING = Map.of("type", "string");
    private static final ToolShape READ = tool("read", List.of("path"), "path");
    private static final ToolShape EDIT =
            tool("edit", List.of("path", "old_text", "new_text"), "path", "old_text", "new_text");

    private static ToolShape tool(String name, List<String> required, String... strings) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String string : strings) {
            properties.put(string, STRING);
        }
        return new ToolShape(name, Map.of("type", "object", "properties", properties, "required", required));
    }

    private static Bindings paths(String... paths) {
        return (tool, argument, earlier) -> argument.equals("path") ? new Bound.OneOf(List.of(paths)) : Bound.FREE;
    }

    private static Constraint open(CallSyntax syntax, Bindings bindings, ToolShape... tools) {
        return CallGrammar.compile(syntax, List.of(tools), TRIE).open(bindings);
    }

    private static Constraint after(Constraint constraint, String text) {
        for (int token : TOKENIZER.encode(text, true)) {
            constraint.accept(token);
        }
        return constraint;
    }

    @Test
    void forcesTheFrameOfACallInEverySyntax() {
        Bindings one = paths("src/Main.java");
        assertThat(open(CallSyntax.HERMES, one, READ).forced())
                .isEqualTo("\n{\"name\": \"read\", \"arguments\": {\"path\": \"src/Main.java\"}}\n");
        assertThat(open(CallSyntax.MISTRAL, one, READ).forced())
                .isEqualTo("[{\"name\": \"read\", \"arguments\": {\"path\": \"src/Main.java\"}}]");
        assertThat(open(CallSyntax.LLAMA3, one, READ).forced())
                .isEqualTo("{\"name\": \"read\", \"parameters\": {\"path\": \"src/Main.java\"}}");
        assertThat(open(CallSyntax.QWEN_XML, one, READ).forced())
                .isEqualTo("\n<function=read>\n<parameter=path>\nsrc/Main.java\n</parameter>\n</function>\n");
        Constraint harmony = open(CallSyntax.HARMONY, one, READ);
        assertThat(harmony.forced()).isEqualTo("functions.read");
        after(harmony, "functions.read <|constrain|>");
        assertThat(harmony.forced()).isEqualTo("json");
        after(harmony, "json<|message|>");
        assertThat(harmony.forced()).isEqualTo("{\"path\": \"src/Main.java\"}");
        assertThat(after(harmony, "{\"path\": \"src/Main.java\"}<|call|>").complete())
                .isTrue();
    }

    @Test
    void forcesNothingThatIsAChoice() {
        Constraint constraint = open(CallSyntax.HERMES, paths("a", "ab"), READ, EDIT);
        assertThat(constraint.forced()).isEqualTo("\n{\"name\": \"");
        after(constraint, "\n{\"name\": \"r");
        assertThat(constraint.forced()).isEqualTo("ead\", \"arguments\": {\"path\": \"a");
        assertThat(after(constraint, "ead\", \"arguments\": {\"path\": \"a").forced())
                .isEmpty();
    }

    @Test
    void endsWithTheMarkWhereTheVocabularyHasOneAndWithItsTextElse() {
        String call = "\n{\"name\": \"read\", \"arguments\": {\"path\": \"a\"}}\n";
        Constraint constraint = after(open(CallSyntax.HERMES, Bindings.NONE, READ), call);
        TokenSet allowed = constraint.allowed();
        assertThat(allowed.size()).isEqualTo(1);
        assertThat(allowed.next(0)).isEqualTo(TOKENIZER.special("</tool_call>").orElseThrow());
        constraint.accept(allowed.next(0));
        assertThat(constraint.complete()).isTrue();
        assertThat(constraint.allowed().size()).isZero();

        Tokenizer plain = Vocabularies.small(false);
        Constraint spelled =
                CallGrammar.compile(CallSyntax.HERMES, List.of(READ), plain).open(Bindings.NONE);
        for (int token : plain.encode(call, false)) {
            spelled.accept(token);
        }
        assertThat(spelled.forced()).isEqualTo("</tool_call>");
    }

    @Test
    void neverAllowsAMarkWithinAStringAndStopsForcedTextBeforeOne() {
        Constraint constraint = after(
                open(CallSyntax.HERMES, Bindings.NONE, READ), "\n{\"name\": \"read\", \"arguments\": {\"path\": \"a");
        for (String mark : Vocabularies.MARKS) {
            assertThat(constraint.allowed().contains(TOKENIZER.special(mark).orElseThrow()))
                    .as(mark)
                    .isFalse();
        }
        Constraint bound = open(CallSyntax.LLAMA3, paths("a<think>b"), READ);
        String first = bound.forced();
        assertThat(first).isEqualTo("{\"name\": \"read\", \"parameters\": {\"path\": \"a<think");
        assertThat(after(bound, first).forced()).isEqualTo(">b\"}}");
    }

    @Test
    void asksForAStringWithTheArgumentsBeforeIt() {
        for (CallSyntax syntax : CallSyntax.values()) {
            List<Map<String, Object>> asked = new ArrayList<>();
            Constraint constraint = open(
                    syntax,
                    (tool, argument, earlier) -> {
                        asked.add(earlier);
                        return switch (argument) {
                            case "path" -> new Bound.OneOf(List.of("ü \"x\"\\"));
                            case "old_text" -> new Bound.OneOf(List.of("1\n"));
                            default -> new Bound.OneOf(List.of("2"));
                        };
                    },
                    EDIT);
            assertThat(new Writer(TOKENIZER, 1).write(constraint)).contains("edit");
            assertThat(asked)
                    .as("%s", syntax)
                    .containsExactly(
                            Map.of(), Map.of("path", "ü \"x\"\\"), Map.of("path", "ü \"x\"\\", "old_text", "1\n"));
        }
    }

    @Test
    void refusesATokenThatIsNotAllowedAndStaysWhereItWas() {
        Constraint constraint = open(CallSyntax.HERMES, Bindings.NONE, READ);
        String forced = constraint.forced();
        assertThatThrownBy(() -> constraint.accept(TOKENIZER.encode("x", false)[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> constraint.accept(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(constraint.forced()).isEqualTo(forced);
    }

    @Test
    void aCopyGoesItsOwnWay() {
        Constraint one = after(open(CallSyntax.HERMES, paths("a", "b"), READ), "\n{\"name\": \"read\", ");
        Constraint other = one.copy();
        after(one, "\"arguments\": {\"path\": \"a\"}}\n</tool_call>");
        assertThat(one.complete()).isTrue();
        assertThat(other.complete()).isFalse();
        assertThat(after(other, "\"arguments\": {\"path\": \"b").forced()).isEqualTo("\"}}\n");
    }

    @Test
    void leavesAStringFreeWhenNoChoiceCanBeWritten() {
        String call = "\n<function=read>\n<parameter=path>\n";
        Constraint constraint = after(open(CallSyntax.QWEN_XML, paths("a\n</parameter>b"), READ), call);
        assertThat(after(constraint, "anything").complete()).isFalse();
        assertThat(after(open(CallSyntax.QWEN_XML, paths(), READ), call + "x").complete())
                .isFalse();
    }

    @Test
    void refusesToBeMadeWithoutTools() {
        assertThatThrownBy(() -> open(CallSyntax.HERMES, Bindings.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no tools");
    }

    @Test
    void compilesAnArgumentWithManyAlternativesThatReferToItself() {
        ToolShape endless = new ToolShape("f", Shapes.schema("""
                {"type": "object", "properties": {"x": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"},
                 {"$ref": "#/$defs/a", "title": "b"}, {"$ref": "#/$defs/a", "properties": {"c": {"$ref": "#/$defs/a"}}},
                 {"$ref": "#/$defs/a", "minimum": 1}, {"$ref": "#/$defs/a", "items": {"$ref": "#/$defs/a"}}, {"type": "string"}]}}}"""));
        for (CallSyntax syntax : CallSyntax.values()) {
            assertTimeoutPreemptively(
                    Duration.ofMinutes(2),
                    () -> assertThat(open(syntax, Bindings.NONE, endless)
                                    .allowed()
                                    .size())
                            .isPositive());
        }
    }

    @Test
    void takesSchemasWithNulls() {
        ToolShape nulls = new ToolShape(
                "f", Shapes.schema("{\"description\": null, \"additionalProperties\": null, \"type\": \"object\"}"));
        for (CallSyntax syntax : CallSyntax.values()) {
            assertThat(new Writer(TOKENIZER, 1).write(open(syntax, Bindings.NONE, nulls)))
                    .contains("f");
        }
    }
}
