package dev.bantam.model.local.chat;

import dev.bantam.engine.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A tokenizer for tests: every character of the basic plane is a token, and so is every mark. */
final class Letters implements Tokenizer {
    private static final int LETTERS = Character.MAX_VALUE + 1;

    private final List<String> marks;
    private final List<String> ends;

    /** @param ends the marks that end a turn */
    Letters(List<String> marks, List<String> ends) {
        this.marks = List.copyOf(marks);
        this.ends = List.copyOf(ends);
    }

    @Override
    public int[] encode(String text, boolean parseSpecial) {
        List<Integer> tokens = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int mark = parseSpecial ? markAt(text, at) : -1;
            int token = mark >= 0 ? LETTERS + mark : text.codePointAt(at);
            tokens.add(token);
            at += mark >= 0 ? marks.get(mark).length() : Character.charCount(token);
        }
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }

    private int markAt(String text, int at) {
        for (int i = 0; i < marks.size(); i++) {
            if (text.startsWith(marks.get(i), at)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String decode(int[] tokens) {
        StringBuilder text = new StringBuilder();
        for (int token : tokens) {
            text.append(text(token));
        }
        return text.toString();
    }

    private String text(int token) {
        return token < LETTERS ? Character.toString(token) : marks.get(token - LETTERS);
    }

    @Override
    public byte[] piece(int token) {
        return text(token).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int vocabularySize() {
        return LETTERS + marks.size();
    }

    @Override
    public OptionalInt special(String text) {
        return marks.contains(text) ? OptionalInt.of(LETTERS + marks.indexOf(text)) : OptionalInt.empty();
    }

    @Override
    public OptionalInt beginning() {
        return OptionalInt.empty();
    }

    @Override
    public boolean isEndOfGeneration(int token) {
        return token >= LETTERS && ends.contains(marks.get(token - LETTERS));
    }

    @Override
    public boolean isControl(int token) {
        return token >= LETTERS;
    }
}
