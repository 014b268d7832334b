package dev.bantam.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.bantam.engine.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls of random weights, read by Jackson and held against their schemas by another validator. */
class MaskedCallsTest {
    private static final int CALLS = 300; // in each syntax
    private static final Set<String> PLAIN = Set.of("path", "note", "quo\"te ü", "s");
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static List<ToolShape> tools() {
        return Stream.of(Shapes.KNOWN, Shapes.ODD).flatMap(List::stream).toList();
    }

    private static List<Tokenizer> vocabularies() {
        return List.of(
                Vocabularies.small(true),
                Vocabularies.small(false),
                Vocabularies.narrow(128),
                Vocabularies.fixture(),
                Vocabularies.large(20_000, 7));
    }

    @ParameterizedTest
    @EnumSource(CallSyntax.class)
    void everyCallOfRandomWeightsFitsItsSchema(CallSyntax syntax) throws JsonProcessingException {
        long seed = new Random().nextLong();
        System.out.println("MaskedCallsTest " + syntax + " seed " + seed);
        Random random = new Random(seed);
        List<ToolShape> tools = tools();
        List<Tokenizer> vocabularies = vocabularies();
        List<CallGrammar> grammars = new ArrayList<>();
        for (Tokenizer tokenizer : vocabularies) {
            grammars.add(CallGrammar.compile(syntax, tools, tokenizer));
        }
        for (int i = 0; i < CALLS; i++) {
            int which = random.nextInt(grammars.size());
            Writer writer = new Writer(vocabularies.get(which), random.nextLong());
            String text = writer.write(grammars.get(which).open(Bindings.NONE));
            check(syntax, text, tools, "seed " + seed + ", call " + i + ": " + text);
        }
    }

    private static void check(CallSyntax syntax, String text, List<ToolShape> tools, String what)
            throws JsonProcessingException {
        assertThat(text).as(what).doesNotContain("\uFFFD");
        WrittenCall call = WrittenCall.read(syntax, text, PLAIN);
        ToolShape tool = tools.stream()
                .filter(one -> one.name().equals(call.name()))
                .findAny()
                .orElseThrow(() -> new AssertionError("no such tool: " + what));
        JsonNode schema = Shapes.JSON.valueToTree(tool.parameters());
        assertThat(SCHEMAS.getSchema(schema).validate(call.arguments()))
                .as(what)
                .isEmpty();
        List<String> order =
                new ArrayList<>(Schemas.properties(tool.parameters()).keySet());
        List<String> given = new ArrayList<>();
        call.arguments().fieldNames().forEachRemaining(given::add);
        order.retainAll(given);
        assertThat(given).as(what).isEqualTo(order);
    }

    @ParameterizedTest
    @EnumSource(CallSyntax.class)
    void whatCannotBeUnderstoodIsFreeJson(CallSyntax syntax) {
        long seed = new Random().nextLong();
        System.out.println("MaskedCallsTest broken " + syntax + " seed " + seed);
        Tokenizer tokenizer = Vocabularies.small(true);
        CallGrammar grammar = CallGrammar.compile(syntax, Shapes.BROKEN, tokenizer);
        for (int i = 0; i < 30; i++) {
            String text = new Writer(tokenizer, seed + i).write(grammar.open(Bindings.NONE));
            assertThat(text).as("seed %d", seed + i).contains("broken");
        }
    }

    @Test
    void aBareValueFitsItsSchemaAndANumberEndsWithTheTurn() throws JsonProcessingException {
        long seed = new Random().nextLong();
        System.out.println("MaskedCallsTest bare seed " + seed);
        Tokenizer tokenizer = Vocabularies.small(true);
        for (String json : List.of(
                "{\"type\": \"number\"}",
                "{\"type\": \"integer\", \"minimum\": 0}",
                "{\"type\": [\"array\", \"boolean\"], \"items\": {\"type\": \"string\"}}",
                "{}")) {
            Map<String, Object> schema = Shapes.schema(json);
            JsonGrammar grammar = JsonGrammar.compile(schema, tokenizer);
            for (int i = 0; i < 50; i++) {
                String text = new Writer(tokenizer, seed + i).write(grammar.start());
                assertThat(SCHEMAS.getSchema(Shapes.JSON.<JsonNode>valueToTree(schema))
                                .validate(WrittenCall.JSON.readTree(text)))
                        .as("seed %d, %s: %s", seed + i, json, text)
                        .isEmpty();
            }
        }
    }
}
