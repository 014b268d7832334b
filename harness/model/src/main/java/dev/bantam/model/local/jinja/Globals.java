package dev.bantam.model.local.jinja;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Functions that every template can call. */
final class Globals {
    private static final int MAX_RANGE = 100_000;

    private Globals() {}

    static void define(Scope scope, Optional<LocalDate> today, boolean refusals) {
        today.ifPresent(date ->
                scope.set("strftime_now", (Function) arguments -> date(date, arguments.text(0, "format"))));
        scope.set("namespace", (Function) arguments -> {
            Map<String, Object> values = new LinkedHashMap<>();
            if (arguments.count() > 0 && arguments.get(0, "values") instanceof Map<?, ?> map) {
                map.forEach((key, value) -> values.put(Values.text(key), value));
            }
            values.putAll(arguments.named());
            return new Namespace(values);
        });
        scope.set("dict", (Function) arguments -> {
            Map<Object, Object> values = new LinkedHashMap<>();
            if (arguments.count() > 0 && arguments.get(0, "values") instanceof Map<?, ?> map) {
                values.putAll(map);
            }
            values.putAll(arguments.named());
            return values;
        });
        scope.set("range", (Function) Globals::range);
        scope.set("raise_exception", (Function) arguments -> {
            if (refusals) {
                throw new TemplateException(arguments.text(0, "message"), true);
            }
            return "";
        });
    }

    /** The parts of a date in {@code strftime}'s letters. */
    private static String date(LocalDate date, String format) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            if (format.charAt(i) != '%' || i + 1 == format.length()) {
                text.append(format.charAt(i));
                continue;
            }
            String pattern = switch (format.charAt(++i)) {
                case 'Y' -> "uuuu";
                case 'm' -> "MM";
                case 'd' -> "dd";
                case 'b' -> "MMM";
                case 'B' -> "MMMM";
                case 'a' -> "EEE";
                case 'A' -> "EEEE";
                case 'H', 'I', 'M', 'S' -> "'00'";
                default -> throw new TemplateException("the date's format " + format + " is not supported");
            };
            text.append(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(date));
        }
        return text.toString();
    }

    private static List<Object> range(Arguments arguments) {
        boolean one = arguments.count() == 1;
        long start = one ? 0 : arguments.whole(0, "start", 0);
        long stop = arguments.whole(one ? 0 : 1, "stop", 0);
        long step = arguments.whole(2, "step", 1);
        List<Object> numbers = new ArrayList<>();
        for (long i = start; step > 0 ? i < stop : i > stop; i += step) {
            if (step == 0 || numbers.size() == MAX_RANGE) {
                throw new TemplateException("a range of more than " + MAX_RANGE + " numbers");
            }
            numbers.add(i);
        }
        return numbers;
    }
}
