package dev.bantam.model.local.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands after a dot: a method, or an entry of that name. */
final class Attributes {
    private Attributes() {}

    static Object of(Object object, String name) {
        return switch (object) {
            case Undefined undefined -> throw undefined.used();
            case Map<?, ?> map -> {
                Optional<Function> method = method(map, name);
                yield method.isPresent() ? method.get() : map.containsKey(name) ? map.get(name) : missing(map, name);
            }
            case Namespace(Map<String, Object> values) ->
                values.containsKey(name) ? values.get(name) : missing(object, name);
            case LoopState loop -> loop.attribute(name);
            case String text ->
                Texts.method(text, name).<Object>map(method -> method).orElse(missing(text, name));
            case List<?> list ->
                method(list, name).<Object>map(method -> method).orElse(missing(list, name));
            case null, default -> missing(object, name);
        };
    }

    private static Undefined missing(Object object, String name) {
        return new Undefined("the attribute " + name + " of a " + Values.typeName(object));
    }

    private static Optional<Function> method(Map<?, ?> map, String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "items" -> a -> items(map);
                    case "keys" -> a -> new ArrayList<Object>(map.keySet());
                    case "values" -> a -> new ArrayList<Object>(map.values());
                    case "get" ->
                        a -> map.containsKey(a.get(0, "key")) ? map.get(a.get(0, "key")) : a.get(1, "default", null);
                    default -> null;
                });
    }

    private static Optional<Function> method(List<?> list, String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "count" ->
                        a -> list.stream()
                                .filter(one -> Values.same(one, a.get(0, "value")))
                                .count();
                    case "index" ->
                        a -> {
                            for (int i = 0; i < list.size(); i++) {
                                if (Values.same(list.get(i), a.get(0, "value"))) {
                                    return (long) i;
                                }
                            }
                            throw new TemplateException("the element is not in the list");
                        };
                    default -> null;
                });
    }

    static List<Object> items(Map<?, ?> map) {
        List<Object> items = new ArrayList<>();
        map.forEach((key, value) -> {
            List<Object> pair = new ArrayList<>();
            pair.add(key);
            pair.add(value);
            items.add(pair);
        });
        return items;
    }
}
