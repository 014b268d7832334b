package dev.bantam.model.local.jinja;

import java.util.List;

/** The variable {@code loop}. */
record LoopState(List<?> elements, int index, int depth) {
    Object attribute(String name) {
        int length = elements.size();
        return switch (name) {
            case "index" -> index + 1L;
            case "index0" -> (long) index;
            case "revindex" -> (long) length - index;
            case "revindex0" -> length - index - 1L;
            case "first" -> index == 0;
            case "last" -> index == length - 1;
            case "length" -> (long) length;
            case "depth" -> depth + 1L;
            case "depth0" -> (long) depth;
            case "previtem" -> index > 0 ? elements.get(index - 1) : new Undefined("loop.previtem");
            case "nextitem" -> index < length - 1 ? elements.get(index + 1) : new Undefined("loop.nextitem");
            case "cycle" -> (Function) arguments -> arguments.positional().get(index % arguments.count());
            default -> new Undefined("loop." + name);
        };
    }
}
