package dev.bantam.ext.toolcallrepair;

import dev.bantam.api.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Fits values to types. A value of another type is taken only where that loses nothing: for a text, the very characters
 * that were written; for a number or a boolean, a text that is one.
 */
final class ValueFit {
    private final String tool;
    private final String source;
    private final List<String> notes = new ArrayList<>();

    /** @param source the text to which the values' offsets refer */
    ValueFit(String tool, String source) {
        this.tool = tool;
        this.source = source;
    }

    List<String> notes() {
        return notes;
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    Object fit(String name, Schema type, Json value) throws Fault {
        return switch (type) {
            case Schema.Text text -> text(name, text, value);
            case Schema.Whole whole -> whole(name, value);
            case Schema.Real real -> real(name, value);
            case Schema.Flag flag -> flag(name, value);
            case Schema.ListOf list -> list(name, list, value);
            case Schema.Struct struct -> struct(name, struct, value);
        };
    }

    private String text(String name, Schema.Text type, Json value) throws Fault {
        if (value instanceof Json.Nothing) {
            throw mismatch(name, "a string", value);
        }
        String text =
                value instanceof Json.Text written ? written.value() : source.substring(value.start(), value.end());
        if (!(value instanceof Json.Text)) {
            coerced(name, value, "the text that was written");
        }
        if (!type.choices().isEmpty() && !type.choices().contains(text)) {
            throw new Fault(name + " must be one of " + String.join(", ", type.choices()));
        }
        return text;
    }

    private Number whole(String name, Json value) throws Fault {
        if (value instanceof Json.Numeral numeral && isWhole(numeral.value())) {
            return numeral.value() instanceof Double real ? (Number) real.longValue() : numeral.value();
        }
        if (value instanceof Json.Text text && text.value().strip().matches("-?\\d{1,9}")) {
            coerced(name, value, "an integer");
            return Integer.valueOf(text.value().strip());
        }
        throw mismatch(name, "an integer", value);
    }

    private static boolean isWhole(Number number) {
        double value = number.doubleValue();
        return Math.rint(value) == value && Math.abs(value) < 1L << 53;
    }

    private Number real(String name, Json value) throws Fault {
        if (value instanceof Json.Numeral numeral) {
            return numeral.value();
        }
        if (value instanceof Json.Text text && text.value().strip().matches("-?\\d{1,15}(\\.\\d{1,15})?")) {
            coerced(name, value, "a number");
            return Double.valueOf(text.value().strip());
        }
        throw mismatch(name, "a number", value);
    }

    private Boolean flag(String name, Json value) throws Fault {
        if (value instanceof Json.Flag flag) {
            return flag.value();
        }
        String word = value instanceof Json.Text text ? text.value().strip().toLowerCase(Locale.ROOT) : "";
        if (word.equals("true") || word.equals("false")) {
            coerced(name, value, "true or false");
            return Boolean.valueOf(word);
        }
        throw mismatch(name, "true or false", value);
    }

    private List<Object> list(String name, Schema.ListOf type, Json value) throws Fault {
        if (value instanceof Json.Text text) {
            return inside(name, text).list(name, type, parsed(name, "an array", text));
        }
        if (!(value instanceof Json.Items items)) {
            throw mismatch(name, "an array", value);
        }
        List<Object> list = new ArrayList<>();
        for (Json element : items.elements()) {
            list.add(fit(name + "[" + list.size() + "]", type.element(), element));
        }
        return list;
    }

    private Map<String, Object> struct(String name, Schema.Struct type, Json value) throws Fault {
        if (value instanceof Json.Text text) {
            return inside(name, text).struct(name, type, parsed(name, "an object", text));
        }
        if (!(value instanceof Json.Members members)) {
            throw mismatch(name, "an object", value);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (Json.Member member : members.members()) {
            Optional<Schema.Field> field = type.fields().stream()
                    .filter(each -> each.name().equals(member.name()))
                    .findFirst();
            if (field.isEmpty()) {
                throw new Fault("there is no " + member.name() + " in " + name);
            }
            map.put(member.name(), fit(name + "." + member.name(), field.get().type(), member.value()));
        }
        for (Schema.Field field : type.fields()) {
            if (field.required() && !map.containsKey(field.name())) {
                throw new Fault(name + "." + field.name() + " is missing");
            }
        }
        return map;
    }

    /** For a value that stands as JSON inside a text; a text inside that text is not read once more. */
    private ValueFit inside(String name, Json.Text text) {
        coerced(name, text, "the JSON in it");
        return new ValueFit(tool, text.value());
    }

    private Json parsed(String name, String wanted, Json.Text text) throws Fault {
        try {
            Json value = new JsonReader(text.value(), 0).readToEnd();
            if (!(value instanceof Json.Text)) {
                return value;
            }
        } catch (Fault unreadable) {
            throw new Fault(name + " must be " + wanted + ", and the text in it is none: " + unreadable.getMessage());
        }
        throw mismatch(name, wanted, text);
    }

    private void coerced(String name, Json value, String as) {
        note("took " + name + " of " + tool + ", a JSON " + value.typeName() + ", as " + as);
    }

    private static Fault mismatch(String name, String wanted, Json value) {
        return new Fault(name + " must be " + wanted + ", not a JSON " + value.typeName());
    }
}
