package dev.bantam.model.langchain4j;

import dev.bantam.api.TokenTrace;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The very tokens of a reply, as an attribute of its message: so the next request reads these again, and finds them in the
 * cache, wherever the message was kept meanwhile. A text, since chat memories are often stored as JSON.
 */
final class Trace {
    static final String ATTRIBUTE = "dev.bantam.tokens";

    private Trace() {}

    static String write(TokenTrace tokens) {
        return tokens.model()
                + Arrays.stream(tokens.ids()).mapToObj(id -> " " + id).collect(Collectors.joining());
    }

    /** Empty when somebody else wrote it. */
    static Optional<TokenTrace> read(Object attribute) {
        if (!(attribute instanceof String text) || !text.matches("[^ ]+( \\d{1,9})*+")) {
            return Optional.empty();
        }
        String[] words = text.split(" ");
        int[] ids = Arrays.stream(words).skip(1).mapToInt(Integer::parseInt).toArray();
        return Optional.of(new TokenTrace(words[0], ids, new float[0]));
    }
}
