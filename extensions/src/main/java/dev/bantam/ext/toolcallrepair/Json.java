package dev.bantam.ext.toolcallrepair;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value, and where it stands in the text that it was read from: from {@code start} to before {@code end}. */
sealed interface Json {
    int start();

    int end();

    record Text(String value, int start, int end) implements Json {}

    record Numeral(Number value, int start, int end) implements Json {}

    record Flag(boolean value, int start, int end) implements Json {}

    record Nothing(int start, int end) implements Json {}

    record Items(List<Json> elements, int start, int end) implements Json {
        public Items {
            elements = List.copyOf(elements);
        }
    }

    /** An object. No two members have one name. */
    record Members(List<Member> members, int start, int end) implements Json {
        public Members {
            members = List.copyOf(members);
        }

        Optional<Json> get(String name) {
            return members.stream()
                    .filter(member -> member.name().equals(name))
                    .map(Member::value)
                    .findFirst();
        }
    }

    record Member(String name, Json value) {}

    /** What this is called in JSON Schema. */
    default String typeName() {
        return switch (this) {
            case Text text -> "string";
            case Numeral numeral -> "number";
            case Flag flag -> "boolean";
            case Nothing nothing -> "null";
            case Items items -> "array";
            case Members members -> "object";
        };
    }

    /** The value as {@link dev.bantam.api.Arguments} holds it; may be null. */
    default Object plain() {
        return switch (this) {
            case Text text -> text.value();
            case Numeral numeral -> numeral.value();
            case Flag flag -> flag.value();
            case Nothing nothing -> null;
            case Items items -> {
                List<Object> list = new ArrayList<>();
                items.elements().forEach(element -> list.add(element.plain()));
                yield list;
            }
            case Members members -> {
                Map<String, Object> map = new LinkedHashMap<>();
                members.members()
                        .forEach(member -> map.put(member.name(), member.value().plain()));
                yield map;
            }
        };
    }
}
