package dev.bantam.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.bantam.engine.Tokenizer;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of random weights, held against their schema by another validator. */
class SchemaRulesTest {
    private static final Tokenizer TOKENIZER = Vocabularies.small(true);
    private static final TokenTrie TRIE = TokenTrie.of(TOKENIZER);
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static void valuesFit(String json) throws JsonProcessingException {
        long seed = new Random().nextLong();
        System.out.println("SchemaRulesTest seed " + seed);
        Map<String, Object> schema = Shapes.schema(json);
        JsonGrammar grammar = JsonGrammar.compile(schema, TRIE);
        Schema validator = SCHEMAS.getSchema(Shapes.JSON.<JsonNode>valueToTree(schema));
        for (int i = 0; i < 40; i++) {
            String text = new Writer(TOKENIZER, seed + i).write(grammar.start());
            assertThat(validator.validate(WrittenCall.JSON.readTree(text)))
                    .as("seed %d, %s: %s", seed + i, json, text)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                {"type": "object", "properties": {"kind": {"type": "string"}, "n": {"type": "integer"}}, "required": ["kind"],
                 "additionalProperties": false, "oneOf": [{"properties": {"kind": {"const": "a"}}}, {"properties": {"kind": {"const": "b"}}}]}""", """
                {"allOf": [{"type": "object", "properties": {"k": {"enum": ["x", 1]}}, "required": ["k"]}, {"properties": {"k": {"type": "string"}}}]}""", """
                {"allOf": [{"type": "object", "properties": {"k": {"type": "string"}}, "required": ["k"]}, {"properties": {"k": {"enum": ["x", 1]}}}]}""", """
                {"$ref": "#/$defs/b", "properties": {"k": {"type": "string"}},
                 "$defs": {"b": {"type": "object", "properties": {"k": {"enum": [1, "x"]}}, "required": ["k"]}}}""", """
                {"allOf": [{"type": "integer", "minimum": 0}, {"minimum": 5, "maximum": 10}]}""", """
                {"allOf": [{"type": "integer", "minimum": 5, "maximum": 300}, {"minimum": 0, "maximum": 10}]}""", """
                {"enum": ["a", "b", 1], "allOf": [{"const": "a"}]}""", """
                {"allOf": [{"anyOf": [{"type": "integer"}, {"type": "null"}]}, {"anyOf": [{"type": "string"}, {"type": "null"}]}]}""", """
                {"$ref": "#/$defs/a", "allOf": [{"$ref": "#/$defs/b"}],
                 "$defs": {"a": {"type": ["string", "null"]}, "b": {"type": ["null", "boolean"]}}}""", """
                {"type": "object", "properties": {"a": {"type": "null"}, "b": {"type": "null"}}, "required": ["a"],
                 "allOf": [{"properties": {"a": true}, "additionalProperties": false}]}""", """
                {"allOf": [{"type": "array", "items": {"type": ["integer", "null"]}, "minItems": 2},
                 {"prefixItems": [{"type": "null"}, true], "items": {"type": ["integer", "string"]}, "minItems": 3, "maxItems": 4}]}""", """
                {"$ref": "#/$defs/tree", "properties": {"kids": {"maxItems": 1}},
                 "$defs": {"tree": {"type": "object", "properties": {"kids": {"type": "array", "items": {"$ref": "#/$defs/tree"}}}}}}"""})
    void severalSchemasOfOneValueAreAllKept(String json) throws JsonProcessingException {
        valuesFit(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'number', 'exclusiveMaximum': 0}",
                "{'type': 'number', 'maximum': 0}",
                "{'type': 'number', 'exclusiveMinimum': 0}",
                "{'type': 'number', 'minimum': 0, 'maximum': 0}",
                "{'enum': [-1, 5, 'a'], 'type': 'integer', 'minimum': 0}",
                "{'type': 'object', 'required': ['z'], 'additionalProperties': {'type': 'string'}}"
            })
    void theSignOfANumberAndTheTypeOfAFurtherPropertyAreKept(String json) throws JsonProcessingException {
        valuesFit(json.replace('\'', '"'));
    }

    @Test
    void ofANumbersBoundBelowZeroTheSignIsKept() {
        JsonGrammar grammar = JsonGrammar.compile(Map.of("type", "number", "maximum", -1), TRIE);
        for (int i = 0; i < 40; i++) {
            assertThat(Double.parseDouble(new Writer(TOKENIZER, i).write(grammar.start())))
                    .isNegative();
        }
    }
}
