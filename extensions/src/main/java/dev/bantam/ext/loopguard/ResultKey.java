package dev.bantam.ext.loopguard;

import dev.bantam.api.ToolResult;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** When two results count as the same. */
final class ResultKey {
    /** What differs from run to run although nothing else does: how long it took, when it was, where it lay in memory. */
    private static final Pattern PASSING = Pattern.compile(
            "(?i)\\b(?:in|took|time|elapsed|duration|real|user|sys)(?:_ms)?[\\s:=]*(?:\\d+m ?)?\\d+(?:\\.\\d+)?\\s*"
                    + "(?:ms|s|secs?|seconds?|milliseconds)?\\b"
                    + "|\\b\\d{1,2}:\\d\\d:\\d\\d(?:\\.\\d+)?|\\b0x[0-9a-f]{4,}");

    private static final Pattern PLACE =
            Pattern.compile("[\\w.~-]*[/\\\\][\\w./\\\\~-]*|[\\w-]+\\.[A-Za-z]\\w{0,4}\\b|\\d+");
    private static final int FIRST_SENTENCE = 160;
    private static final int LAST_OUTPUT = 600;

    private ResultKey() {}

    /** Short, whatever the result's length. */
    static String of(ToolResult result) {
        String plain = PASSING.matcher(result.content().strip()).replaceAll("#").replaceAll("\\s+", " ");
        CRC32C sum = new CRC32C();
        sum.update(plain.getBytes(StandardCharsets.UTF_8));
        return result.status() + ":" + plain.length() + ":" + plain.hashCode() + ":" + sum.getValue();
    }

    /**
     * What kind of failure it is, whichever path or line it names.
     *
     * @param output whether the result is a command's output, which says at its end what went wrong; other tools say it
     *     in their first sentence
     */
    static String failure(String tool, ToolResult result, boolean output) {
        String text = result.content().strip();
        String telling = output ? text.substring(Math.max(0, text.length() - LAST_OUTPUT)) : firstSentence(text);
        return tool + ":"
                + PLACE.matcher(PASSING.matcher(telling).replaceAll("#")).replaceAll("#");
    }

    private static String firstSentence(String text) {
        int end = Math.min(text.length(), FIRST_SENTENCE);
        for (int i = 0; i + 1 < end; i++) {
            if (text.charAt(i) == '\n' || text.charAt(i) == '.' && Character.isWhitespace(text.charAt(i + 1))) {
                return text.substring(0, i);
            }
        }
        return text.substring(0, end);
    }
}
