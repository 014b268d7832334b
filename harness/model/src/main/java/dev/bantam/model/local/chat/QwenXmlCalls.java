package dev.bantam.model.local.chat;

import dev.bantam.api.Arguments;
import dev.bantam.api.Schema;
import dev.bantam.api.ToolSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code <tool_call>\n<function=read>\n<parameter=path>\na\n</parameter>\n</function>\n</tool_call>}. Strings stand as they
 * are, between line breaks; other values are JSON. Marks inside a value count, so that a file about calls can be written.
 */
final class QwenXmlCalls implements CallForm {
    private static final String PARAMETER_END = "</parameter>";
    private static final Pattern FUNCTION =
            Pattern.compile("\\s*<function=([^>\\n]+)>(.*)</function>\\s*", Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile("\\s*<parameter=([^>\\n]+)>");
    private static final Pattern MARK = Pattern.compile("<parameter=|</parameter>");

    private final List<ToolSpec> tools;

    QwenXmlCalls(List<ToolSpec> tools) {
        this.tools = tools;
    }

    @Override
    public String opening() {
        return "<tool_call>";
    }

    @Override
    public String closing() {
        return "</tool_call>";
    }

    @Override
    public boolean endsInsideAString(CharSequence written) {
        int depth = 0;
        for (Matcher mark = MARK.matcher(written); mark.find(); ) {
            depth = Math.max(0, depth + (mark.group().equals(PARAMETER_END) ? -1 : 1));
        }
        return depth > 0;
    }

    @Override
    public List<Call> parse(String written) {
        Matcher function = FUNCTION.matcher(written);
        if (!function.matches()) {
            return List.of();
        }
        String name = function.group(1).strip();
        String body = function.group(2);
        return values(name, body, true)
                .or(() -> values(name, body, false))
                .map(values -> new Call(name, new Arguments(values), Optional.empty()))
                .stream()
                .toList();
    }

    /** @param balanced whether marks inside a value come in pairs; else the first closing mark ends it */
    private Optional<Map<String, Object>> values(String tool, String body, boolean balanced) {
        Map<String, Object> values = new LinkedHashMap<>();
        int at = 0;
        Matcher parameter = PARAMETER.matcher(body);
        while (parameter.region(at, body.length()).lookingAt()) {
            int end = end(body, parameter.end(), balanced);
            if (end < 0) {
                return Optional.empty();
            }
            String name = parameter.group(1).strip();
            values.put(name, value(tool, name, withoutLineBreaks(body.substring(parameter.end(), end))));
            at = end + PARAMETER_END.length();
        }
        return body.substring(at).isBlank() ? Optional.of(values) : Optional.empty();
    }

    private static int end(String body, int from, boolean balanced) {
        if (!balanced) {
            return body.indexOf(PARAMETER_END, from);
        }
        int depth = 1;
        Matcher mark = MARK.matcher(body);
        int at = from;
        while (mark.find(at)) {
            depth += mark.group().equals(PARAMETER_END) ? -1 : 1;
            if (depth == 0) {
                return mark.start();
            }
            at = mark.end();
        }
        return -1;
    }

    private static String withoutLineBreaks(String value) {
        String text = value.startsWith("\n") ? value.substring(1) : value;
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    private Object value(String tool, String name, String text) {
        Schema type = tools.stream()
                .filter(spec -> spec.answersTo(tool))
                .findFirst()
                .flatMap(spec -> spec.field(name))
                .map(Schema.Field::type)
                .orElse(Schema.TEXT);
        return switch (type) {
            case Schema.Text string -> text;
            case Schema.Flag flag when text.strip().equalsIgnoreCase("true") -> true;
            case Schema.Flag flag when text.strip().equalsIgnoreCase("false") -> false;
            case Schema.Flag flag -> JsonCalls.valueOrText(text);
            case Schema.Whole whole -> JsonCalls.valueOrText(text);
            case Schema.Real real -> JsonCalls.valueOrText(text);
            case Schema.ListOf list -> JsonCalls.valueOrText(text);
            case Schema.Struct struct -> JsonCalls.valueOrText(text);
        };
    }
}
