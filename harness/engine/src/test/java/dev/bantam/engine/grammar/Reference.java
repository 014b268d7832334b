package dev.bantam.engine.grammar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A naive acceptor of prefixes, written from the documentation alone: it tries every way to read a text from its beginning.
 * Texts are bytes as characters; marks are characters from {@link #MARK} on.
 */
final class Reference {
    static final char MARK = 0x1000;

    private static final String UTF8 = "(?:[\\x00-\\x7f]|[\\xc2-\\xdf][\\x80-\\xbf]|\\xe0[\\xa0-\\xbf][\\x80-\\xbf]"
            + "|[\\xe1-\\xec\\xee\\xef][\\x80-\\xbf]{2}|\\xed[\\x80-\\x9f][\\x80-\\xbf]"
            + "|\\xf0[\\x90-\\xbf][\\x80-\\xbf]{2}|[\\xf1-\\xf3][\\x80-\\xbf]{3}|\\xf4[\\x80-\\x8f][\\x80-\\xbf]{2})";
    private static final String HEX = "[0-9a-fA-F]";
    private static final String CHARACTER = "(?:(?![\\x00-\\x1f\"\\\\])" + UTF8 + "|\\\\[\"\\\\/bfnrt]"
            + "|\\\\u(?:[0-9abcefABCEF]" + HEX + "{3}|[dD][0-7]" + HEX + "{2}"
            + "|[dD][89abAB]" + HEX + "{2}\\\\u[dD][c-fC-F]" + HEX + "{2}))";

    /** Reads something at a place and goes on at every place where it may end. */
    interface Rule {
        void read(Reference in, int at, IntConsumer then);
    }

    private final String text;
    private boolean alive;

    private Reference(String text) {
        this.text = text;
    }

    /** Whether a text can be gone on with, or is whole. */
    static boolean accepts(Rule rule, String text) {
        Reference in = new Reference(text);
        rule.read(in, 0, at -> in.alive |= at == text.length());
        return in.alive;
    }

    static String bytes(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static String bytes(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Exactly this, given as bytes. */
    static Rule just(String expected) {
        return (in, at, then) -> {
            for (int i = 0; i < expected.length(); i++) {
                if (at + i == in.text.length()) {
                    in.alive = true;
                    return;
                }
                if (in.text.charAt(at + i) != expected.charAt(i)) {
                    return;
                }
            }
            then.accept(at + expected.length());
        };
    }

    static Rule text(String expected) {
        return just(bytes(expected));
    }

    static Rule all(Rule... rules) {
        return Arrays.stream(rules)
                .reduce(
                        (in, at, then) -> then.accept(at),
                        (a, b) -> (in, at, then) -> a.read(in, at, middle -> b.read(in, middle, then)));
    }

    static Rule any(List<Rule> rules) {
        return (in, at, then) -> rules.forEach(rule -> rule.read(in, at, then));
    }

    static Rule pattern(String pattern) {
        Pattern whole = Pattern.compile(pattern, Pattern.DOTALL);
        Pattern never = Pattern.compile("(?:" + pattern + ")(?!)", Pattern.DOTALL);
        return (in, at, then) -> {
            Matcher hits = never.matcher(in.text).region(at, in.text.length());
            boolean found = hits.lookingAt();
            if (!found && hits.hitEnd()) {
                in.alive = true;
            }
            for (int end = at; end <= in.text.length(); end++) {
                if (whole.matcher(in.text).region(at, end).matches()) {
                    then.accept(end);
                }
            }
        };
    }

    /** Any text before {@code "\n</parameter>"}, which follows and is read too. */
    static Rule raw() {
        Pattern character = Pattern.compile(UTF8, Pattern.DOTALL);
        return (in, start, then) -> {
            Rule end = text("\n</parameter>");
            for (int at = start; ; ) {
                if (at == in.text.length()) {
                    in.alive = true;
                    return;
                }
                boolean[] ended = new boolean[1];
                end.read(in, at, to -> {
                    ended[0] = true;
                    then.accept(to);
                });
                if (ended[0]) {
                    return;
                }
                Matcher one = character.matcher(in.text).region(at, in.text.length());
                if (!one.lookingAt()) {
                    in.alive |= one.hitEnd();
                    return;
                }
                at = one.end();
            }
        };
    }

    /** A part of a text that is not empty, in its only spelling, and what follows it. */
    static Rule part(String file, Spelling spelling, Rule end) {
        List<String> characters =
                file.codePoints().distinct().mapToObj(Character::toString).toList();
        return (in, start, then) -> part(in, start, "", file, characters, spelling, end, then);
    }

    private static void part(
            Reference in,
            int at,
            String part,
            String file,
            List<String> characters,
            Spelling spelling,
            Rule end,
            IntConsumer then) {
        if (!part.isEmpty()) {
            end.read(in, at, then);
        }
        for (String character : characters) {
            String longer = part + character;
            if (file.contains(longer) && !(spelling == Spelling.RAW && longer.contains("\n</parameter>"))) {
                text(spelled(character, spelling))
                        .read(in, at, to -> part(in, to, longer, file, characters, spelling, end, then));
            }
        }
    }

    /** As Python writes it, by hand. */
    static String spelled(String text, Spelling spelling) {
        if (spelling == Spelling.RAW) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        for (char letter : text.toCharArray()) {
            int named = "\"\\\b\f\n\r\t".indexOf(letter);
            out.append(
                    named >= 0
                            ? "\\" + "\"\\bfnrt".charAt(named)
                            : letter < 0x20 ? String.format("\\u%04x", (int) letter) : "" + letter);
        }
        return out.toString();
    }

    static Rule string() {
        return pattern("\"" + CHARACTER + "*\"");
    }

    private static Rule number() {
        return pattern("-?(?:0|[1-9][0-9]{0,14})(?:\\.[0-9]{1,15})?(?:[eE][+-]?[0-9]{1,2})?");
    }

    /** Any JSON that nests to a depth. */
    static Rule free(int depth) {
        List<Rule> ways = new ArrayList<>(List.of(string(), number(), text("true"), text("false"), text("null")));
        if (depth > 0) {
            ways.add(list(() -> free(depth - 1), 0, Integer.MAX_VALUE));
            ways.add(object(free(depth - 1)));
        }
        return any(ways);
    }

    private static Rule object(Rule value) {
        Rule member = all(string(), text(": "), value);
        return (in, at, then) -> {
            text("{}").read(in, at, then);
            all(text("{"), member, repeated(all(text(", "), member), text("}"))).read(in, at, then);
        };
    }

    private static Rule repeated(Rule rule, Rule end) {
        return (in, at, then) -> {
            end.read(in, at, then);
            rule.read(in, at, to -> repeated(rule, end).read(in, to, then));
        };
    }

    private static Rule list(java.util.function.Supplier<Rule> item, int least, int most) {
        return all(text("["), items(item, 0, least, most));
    }

    private static Rule items(java.util.function.Supplier<Rule> item, int count, int least, int most) {
        return (in, at, then) -> {
            if (count >= least) {
                text("]").read(in, at, then);
            }
            if (count < most) {
                Rule next = all(item.get(), items(item, count + 1, least, most));
                (count == 0 ? next : all(text(", "), next)).read(in, at, then);
            }
        };
    }

    /** A value by a schema of the few words that the tests use. */
    static Rule value(Map<String, Object> schema, Map<String, Object> root) {
        return (in, at, then) -> lazily(schema, root).read(in, at, then);
    }

    @SuppressWarnings("unchecked")
    private static Rule lazily(Map<String, Object> schema, Map<String, Object> root) {
        if (schema.get("$ref") instanceof String reference) {
            Map<String, Object> definitions = (Map<String, Object>) root.get("$defs");
            return value((Map<String, Object>) definitions.get(reference.substring("#/$defs/".length())), root);
        }
        for (String word : List.of("anyOf", "oneOf")) {
            if (schema.get(word) instanceof List<?> alternatives) {
                return any(alternatives.stream()
                        .map(one -> value((Map<String, Object>) one, root))
                        .toList());
            }
        }
        if (schema.get("enum") instanceof List<?> values) {
            return any(values.stream().map(one -> text(JsonText.of(one))).toList());
        }
        if (schema.get("type") instanceof List<?> types) {
            return any(types.stream()
                    .map(type -> {
                        Map<String, Object> single = new java.util.LinkedHashMap<>(schema);
                        single.put("type", type);
                        return value(single, root);
                    })
                    .toList());
        }
        return switch ((String) schema.getOrDefault("type", "")) {
            case "string" -> string();
            case "integer" ->
                schema.containsKey("maximum")
                        ? pattern(java.util.stream.IntStream.rangeClosed(
                                        (int) schema.get("minimum"), (int) schema.get("maximum"))
                                .mapToObj(Integer::toString)
                                .collect(java.util.stream.Collectors.joining("|")))
                        : pattern(schema.containsKey("minimum") ? "0|[1-9][0-9]{0,14}" : "0|-?[1-9][0-9]{0,14}");
            case "number" -> number();
            case "boolean" -> any(List.of(text("true"), text("false")));
            case "null" -> text("null");
            case "array" ->
                list(
                        () -> value((Map<String, Object>) schema.get("items"), root),
                        (int) schema.getOrDefault("minItems", 0),
                        (int) schema.getOrDefault("maxItems", Integer.MAX_VALUE));
            case "object" -> {
                Map<String, Object> properties = (Map<String, Object>) schema.get("properties");
                yield properties == null
                        ? object(
                                schema.get("additionalProperties") instanceof Map<?, ?> additional
                                        ? value((Map<String, Object>) additional, root)
                                        : free(8))
                        : all(
                                text("{"),
                                members(
                                        List.copyOf(properties.entrySet()),
                                        0,
                                        true,
                                        (List<String>) schema.getOrDefault("required", List.of()),
                                        root));
            }
            default -> free(8);
        };
    }

    @SuppressWarnings("unchecked")
    private static Rule members(
            List<Map.Entry<String, Object>> properties,
            int from,
            boolean first,
            List<String> required,
            Map<String, Object> root) {
        return (in, at, then) -> {
            for (int i = from; i < properties.size(); i++) {
                Map.Entry<String, Object> property = properties.get(i);
                String key = (first ? "" : ", ") + JsonText.of(property.getKey()) + ": ";
                all(
                                text(key),
                                value((Map<String, Object>) property.getValue(), root),
                                members(properties, i + 1, false, required, root))
                        .read(in, at, then);
                if (required.contains(property.getKey())) {
                    return;
                }
            }
            text("}").read(in, at, then);
        };
    }
}
