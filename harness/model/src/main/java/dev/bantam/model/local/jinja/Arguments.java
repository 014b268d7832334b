package dev.bantam.model.local.jinja;

import java.util.List;
import java.util.Map;

/** The arguments of a call, a filter or a test. */
record Arguments(List<Object> positional, Map<String, Object> named) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());

    int count() {
        return positional.size();
    }

    boolean has(int index, String name) {
        return index < positional.size() || named.containsKey(name);
    }

    Object get(int index, String name) {
        if (!has(index, name)) {
            throw new TemplateException("the argument " + name + " is missing");
        }
        return index < positional.size() ? positional.get(index) : named.get(name);
    }

    Object get(int index, String name, Object otherwise) {
        return has(index, name) ? get(index, name) : otherwise;
    }

    String text(int index, String name) {
        return Values.text(get(index, name));
    }

    long whole(int index, String name, long otherwise) {
        return has(index, name) ? Values.whole(get(index, name)) : otherwise;
    }
}
