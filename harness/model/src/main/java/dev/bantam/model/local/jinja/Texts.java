package dev.bantam.model.local.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The methods of Python's strings. */
final class Texts {
    private Texts() {}

    static Optional<Function> method(String text, String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "strip" -> a -> strip(text, characters(a), true, true);
                    case "lstrip" -> a -> strip(text, characters(a), true, false);
                    case "rstrip" -> a -> strip(text, characters(a), false, true);
                    case "split" -> a -> split(text, a);
                    case "rsplit" -> a -> rsplit(text, a);
                    case "splitlines" -> a -> new ArrayList<Object>(text.lines().toList());
                    case "startswith" -> a -> choices(a).stream().anyMatch(text::startsWith);
                    case "endswith" -> a -> choices(a).stream().anyMatch(text::endsWith);
                    case "upper" -> a -> text.toUpperCase(Locale.ROOT);
                    case "lower" -> a -> text.toLowerCase(Locale.ROOT);
                    case "title" -> a -> title(text);
                    case "capitalize" -> a -> capitalize(text);
                    case "replace" -> a -> replace(text, a);
                    case "find" -> a -> (long) text.indexOf(a.text(0, "sub"));
                    case "rfind" -> a -> (long) text.lastIndexOf(a.text(0, "sub"));
                    case "count" -> a -> count(text, a.text(0, "sub"));
                    case "join" ->
                        a -> Values.elements(a.get(0, "iterable")).stream()
                                .map(Values::text)
                                .collect(Collectors.joining(text));
                    case "removeprefix" ->
                        a -> text.startsWith(a.text(0, "prefix"))
                                ? text.substring(a.text(0, "prefix").length())
                                : text;
                    case "removesuffix" ->
                        a -> text.endsWith(a.text(0, "suffix"))
                                ? text.substring(
                                        0, text.length() - a.text(0, "suffix").length())
                                : text;
                    case "isdigit" -> a -> !text.isEmpty() && text.chars().allMatch(Character::isDigit);
                    case "isalpha" -> a -> !text.isEmpty() && text.chars().allMatch(Character::isLetter);
                    case "isspace" -> a -> !text.isEmpty() && text.isBlank();
                    case "format" -> a -> braces(text, a);
                    default -> null;
                });
    }

    /** Blanks where no characters are given. */
    static String strip(String text, Optional<String> characters, boolean left, boolean right) {
        int start = 0;
        int end = text.length();
        while (left && start < end && stripped(text.charAt(start), characters)) {
            start++;
        }
        while (right && end > start && stripped(text.charAt(end - 1), characters)) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean stripped(char c, Optional<String> characters) {
        return characters.map(some -> some.indexOf(c) >= 0).orElseGet(() -> Character.isWhitespace(c) || c == '\u00a0');
    }

    private static Optional<String> characters(Arguments arguments) {
        return arguments.has(0, "chars") && arguments.get(0, "chars") != null
                ? Optional.of(arguments.text(0, "chars"))
                : Optional.empty();
    }

    private static List<String> choices(Arguments arguments) {
        return arguments.get(0, "prefix") instanceof List<?> list
                ? list.stream().map(Values::text).toList()
                : List.of(arguments.text(0, "prefix"));
    }

    private static List<Object> split(String text, Arguments arguments) {
        long most = arguments.whole(1, "maxsplit", -1);
        List<Object> parts = new ArrayList<>();
        if (arguments.get(0, "sep", null) == null) {
            String rest = text.stripLeading();
            while (!rest.isEmpty()) {
                int end = 0;
                while (end < rest.length() && !Character.isWhitespace(rest.charAt(end))) {
                    end++;
                }
                if (most >= 0 && parts.size() == most) {
                    end = rest.length();
                }
                parts.add(rest.substring(0, end));
                rest = rest.substring(end).stripLeading();
            }
            return parts;
        }
        String separator = separator(arguments);
        int start = 0;
        for (int at = text.indexOf(separator); at >= 0 && (most < 0 || parts.size() < most); ) {
            parts.add(text.substring(start, at));
            start = at + separator.length();
            at = text.indexOf(separator, start);
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static List<Object> rsplit(String text, Arguments arguments) {
        String separator = separator(arguments);
        long most = arguments.whole(1, "maxsplit", -1);
        List<Object> parts = new ArrayList<>();
        String rest = text;
        for (int at = rest.lastIndexOf(separator);
                at >= 0 && (most < 0 || parts.size() < most);
                at = rest.lastIndexOf(separator)) {
            parts.addFirst(rest.substring(at + separator.length()));
            rest = rest.substring(0, at);
        }
        parts.addFirst(rest);
        return parts;
    }

    private static String separator(Arguments arguments) {
        String separator = arguments.text(0, "sep");
        if (separator.isEmpty()) {
            throw new TemplateException("a split at an empty text");
        }
        return separator;
    }

    private static String replace(String text, Arguments arguments) {
        String from = arguments.text(0, "old");
        String to = arguments.text(1, "new");
        long most = arguments.whole(2, "count", -1);
        if (most < 0) {
            return text.replace(from, to);
        }
        String done = text;
        int at = 0;
        for (long i = 0; i < most && (at = done.indexOf(from, at)) >= 0; i++) {
            done = done.substring(0, at) + to + done.substring(at + from.length());
            at += Math.max(1, to.length());
        }
        return done;
    }

    private static long count(String text, String part) {
        return part.isEmpty()
                ? text.length() + 1L
                : (text.length() - text.replace(part, "").length()) / part.length();
    }

    static String capitalize(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT);
    }

    static String title(String text) {
        StringBuilder title = new StringBuilder();
        boolean inside = false;
        for (char c : text.toCharArray()) {
            title.append(inside ? Character.toLowerCase(c) : Character.toUpperCase(c));
            inside = Character.isLetter(c);
        }
        return title.toString();
    }

    /** {@code %s}, {@code %d}, {@code %r}, {@code %%}. */
    static String format(String pattern, List<?> values) {
        StringBuilder text = new StringBuilder();
        int next = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '%') {
                text.append(c);
                continue;
            }
            char kind = ++i < pattern.length() ? pattern.charAt(i) : ' ';
            if (kind == '%') {
                text.append('%');
            } else if (next < values.size() && "sdr".indexOf(kind) >= 0) {
                Object value = values.get(next++);
                text.append(kind == 'r' ? Values.representation(value) : Values.text(value));
            } else {
                throw new TemplateException("the pattern " + pattern + " is not supported");
            }
        }
        return text.toString();
    }

    /** {@code {}} and {@code {name}}. */
    private static String braces(String pattern, Arguments arguments) {
        StringBuilder text = new StringBuilder();
        int next = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if ((c == '{' || c == '}') && i + 1 < pattern.length() && pattern.charAt(i + 1) == c) {
                text.append(c);
                i++;
            } else if (c == '{') {
                int end = pattern.indexOf('}', i);
                String name = end < 0 ? ":" : pattern.substring(i + 1, end);
                if (!name.matches("\\w*")) {
                    throw new TemplateException("the pattern " + pattern + " is not supported");
                }
                int position = name.isEmpty() ? next++ : name.matches("\\d+") ? Integer.parseInt(name) : -1;
                text.append(Values.text(
                        position < 0
                                ? arguments.get(Integer.MAX_VALUE, name)
                                : arguments.get(position, "at " + position)));
                i = end;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
