package dev.bantam.model.local.chat;

import dev.bantam.engine.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Tells a template's own text from what people, tools and files say, in one rendered text: in theirs, every character
 * that a control token begins with is replaced by one that Unicode gives no meaning, and put back when the text is
 * encoded. So a template may cut, trim and quote contents as it likes, and no mark can come of them.
 */
final class Disguise {
    private static final char FIRST = '\ufdd0'; // noncharacters: U+FDD0 to U+FDEF
    private static final char LAST = '\ufdec';
    private static final char REPLY = '\ufdee'; // around the number of a reply that stands for its tokens
    private static final char UNKNOWN = '\ufffd';

    private final Map<Character, Character> hidden = new HashMap<>();
    private final Map<Character, Character> shown = new HashMap<>();
    private final Map<Character, List<String>> marks = new HashMap<>(); // by first character, longest first

    Disguise(Tokenizer tokenizer) {
        TreeSet<Character> firsts = new TreeSet<>(List.of('<', '['));
        for (int token = 0; token < tokenizer.vocabularySize(); token++) {
            if (tokenizer.isControl(token)) {
                String text = new String(tokenizer.piece(token), StandardCharsets.UTF_8);
                if (!text.isEmpty()) {
                    firsts.add(text.charAt(0));
                    marks.computeIfAbsent(text.charAt(0), first -> new ArrayList<>())
                            .add(text);
                }
            }
        }
        marks.values()
                .forEach(texts ->
                        texts.sort(Comparator.comparingInt(String::length).reversed()));
        char next = FIRST;
        for (char first : firsts) {
            if (next > LAST) {
                throw new IllegalArgumentException("the vocabulary's control tokens begin with more than "
                        + (LAST - FIRST + 1) + " different characters");
            }
            hidden.put(first, next);
            shown.put(next++, first);
        }
    }

    /** Foreign text, so that no mark is in it. Characters that the disguise itself needs become U+FFFD. */
    String hide(String foreign) {
        StringBuilder text = new StringBuilder(foreign);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= FIRST && c <= '\ufdef') {
                text.setCharAt(i, UNKNOWN);
            } else if (hidden.containsKey(c)) {
                text.setCharAt(i, hidden.get(c));
            }
        }
        return text.toString();
    }

    /** The same in every string of a JSON value. */
    Object hide(Object value) {
        return switch (value) {
            case String text -> hide(text);
            case List<?> list -> list.stream().map(this::hide).toList();
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((key, element) -> copy.put(hide(key), hide(element)));
                yield copy;
            }
            case null, default -> value;
        };
    }

    /** What stands for a reply whose tokens are known. */
    static String standIn(int reply) {
        return "" + REPLY + reply + REPLY;
    }

    /** Adds a rendered text: marks of the template's own as tokens, and all other text as it was before the disguise. */
    void encode(String rendered, PromptTokens tokens) {
        int start = 0;
        for (int at = 0; at < rendered.length(); ) {
            String mark = markAt(rendered, at);
            if (mark.isEmpty()) {
                at++;
                continue;
            }
            tokens.text(show(rendered.substring(start, at))).mark(mark);
            at += mark.length();
            start = at;
        }
        tokens.text(show(rendered.substring(start)));
    }

    /** The control token that a rendered text has here; empty when none. */
    String markAt(String rendered, int at) {
        for (String mark : marks.getOrDefault(rendered.charAt(at), List.of())) {
            if (rendered.startsWith(mark, at)) {
                return mark;
            }
        }
        return "";
    }

    private String show(String text) {
        StringBuilder shownText = new StringBuilder(text);
        for (int i = 0; i < shownText.length(); i++) {
            Character original = shown.get(shownText.charAt(i));
            if (original != null) {
                shownText.setCharAt(i, original);
            }
        }
        return shownText.toString();
    }
}
