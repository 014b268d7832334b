package dev.bantam.engine.grammar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Odd tools. */
final class Shapes {
    static final ObjectMapper JSON = new ObjectMapper();

    private Shapes() {}

    static Map<String, Object> schema(String json) {
        try {
            return JSON.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException(failure);
        }
    }

    private static ToolShape tool(String name, String json) {
        return new ToolShape(name, schema(json));
    }

    /** In the words that {@link Reference} knows too. */
    static final List<ToolShape> KNOWN = List.of(
            tool("edit", """
                    {"type": "object", "properties": {"path": {"type": "string"}, "all": {"type": "boolean"},
                     "note": {"type": ["string", "null"]}}, "required": ["path"]}"""),
            tool("edit_all", """
                    {"type": "object", "properties": {"a": {"type": "integer"}, "ab": {"type": "integer", "minimum": 0},
                     "b": {"type": "integer", "minimum": 8, "maximum": 12}, "n": {"type": "number"}}}"""),
            tool("list", """
                    {"type": "object", "properties": {"xs": {"type": "array", "items": {"type": "integer", "minimum": 0}, "maxItems": 2},
                     "ys": {"type": "array", "items": {"type": "string"}, "minItems": 1},
                     "mode": {"enum": ["fast", "faster", 1, 12, null, {"a": [true]}]}}, "required": ["ys", "mode"]}"""),
            tool("tree", """
                    {"type": "object", "properties": {"root": {"$ref": "#/$defs/node"}}, "required": ["root"],
                     "$defs": {"node": {"type": "object", "properties": {"v": {"type": "string"},
                       "kids": {"type": "array", "items": {"$ref": "#/$defs/node"}}}, "required": ["v"]}}}"""),
            tool("choose", """
                    {"type": "object", "properties": {"x": {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "object",
                       "properties": {"kind": {"enum": ["a"]}, "n": {"type": "null"}}, "required": ["kind"]},
                      {"type": "object", "properties": {"kind": {"enum": ["ab"]}, "m": {"type": "boolean"}}, "required": ["kind", "m"]}]},
                     "any": {}, "map": {"type": "object", "additionalProperties": {"type": "boolean"}}, "free": {"type": "object"},
                     "quo\\"te ü": {"type": "string"}}, "required": ["any"]}"""),
            tool("none", """
                    {"type": "object", "properties": {}}"""));

    /** In words that only the grammar and the validator know. */
    static final List<ToolShape> ODD = List.of(tool("tuple", """
                    {"type": "object", "properties": {"pair": {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}],
                       "items": false, "minItems": 2}, "more": {"type": "array", "prefixItems": [{"const": "x y"}], "minItems": 3}},
                     "required": ["pair", "more"]}"""), tool("merged", """
                    {"type": "object", "properties": {"m": {"allOf": [{"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]},
                       {"properties": {"b": {"type": "string"}}, "required": ["b"]}]},
                     "both": {"type": "object", "properties": {"p": {"type": "string"}, "q": {"type": "string"}},
                       "anyOf": [{"required": ["p"]}, {"required": ["q"]}]},
                     "ref": {"$ref": "#/$defs/a~1b", "description": "x"}, "bare": {"items": {"type": "null"}},
                     "one": {"oneOf": [{"const": 1}, {"const": "1"}, {"type": "array", "items": {}}]},
                     "below": {"type": "integer", "exclusiveMaximum": 0}, "positive": {"type": "integer", "minimum": 1},
                     "half": {"type": "integer", "minimum": 0.5, "exclusiveMaximum": 3}, "yes": true,
                     "listed": {"type": ["integer", "null"], "enum": [3, null, "no"]}},
                     "required": ["m", "both", "ref", "one", "gone"], "$defs": {"a/b": {"type": ["array", "null"], "maxItems": 1}}}"""), tool("endless", """
                    {"type": "object", "properties": {"e": {"anyOf": [{"$ref": "#/$defs/e"}, {"type": "null"}]}, "s": {"type": "string"}},
                     "required": ["e"], "$defs": {"e": {"type": "array", "items": {"$ref": "#/$defs/e"}, "minItems": 1, "maxItems": 1}}}"""));

    /** That are no schemas, or that nothing fulfils: free JSON stands for them. */
    static final List<ToolShape> BROKEN = List.of(tool("broken", """
                    {"type": "object", "properties": {"a": {"type": "strnig"}, "b": {"$ref": "#/nowhere"}, "c": {"type": 7},
                     "d": {"allOf": [{"type": "string"}, {"type": "null"}]}, "e": 5, "f": {"$ref": "#/properties/f"}, "g": false,
                     "h": {"enum": []}, "i": {"type": "array", "minItems": 3, "maxItems": 1}, "j": {"anyOf": [7, {"anyOf": []}]},
                     "k": {"type": "integer", "minimum": 4, "maximum": 3}, "l": {"type": "object", "properties": 3, "required": 4},
                     "m": {"$ref": "http://elsewhere"}, "n": {"$ref": "#/%zz/~"}}, "required": ["a", "b", "c", "d", "e", "f", "g", "h", "i",
                     "j", "k", "l", "m", "n"]}"""));
}
