package dev.bantam.engine.grammar;

import dev.bantam.engine.Fixtures;
import dev.bantam.engine.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/** Vocabularies made up for tests, cut greedily: the longest token first. */
final class Vocabularies implements Tokenizer {
    static final List<String> MARKS = List.of(
            "<tool_call>",
            "</tool_call>",
            "<think>",
            "</think>",
            "[TOOL_CALLS]",
            "<|constrain|>",
            "<|message|>",
            "<|call|>",
            "<|channel|>");
    private static final List<String> WORDS = List.of(
            "\": \"",
            "\", \"",
            "{\"",
            "\"}",
            "}\n",
            "\"}}",
            "}]",
            ", \"",
            "\": ",
            "[{\"",
            "\"}}\n",
            "name",
            "\"name\": \"",
            "arguments",
            "parameters",
            "read",
            "edit",
            "path",
            "\"path\": \"",
            "old_text",
            "src/",
            ".java",
            "Main",
            "\\n",
            "\\\"",
            "\\n    ",
            "    ",
            "\n",
            "\r\n",
            "\\r\\n",
            "\\t",
            "\\u00",
            "\\ud83d",
            "\\u",
            "public ",
            "class ",
            "true",
            "false",
            "null",
            "functions.",
            "<function=",
            "</function>",
            "<parameter=",
            ">\n",
            "</parameter>",
            "\n</parameter>\n",
            "</parameter>\n</function>",
            "json",
            "12",
            "0.5",
            "e+1",
            "-1",
            "é",
            "ü",
            "日本",
            "語",
            "😀",
            "\uD83D\uDE80x",
            "/tool_call>",
            "a",
            "ab",
            "abc",
            "\", \"old_text\": \"",
            "\", \"b",
            "], \"",
            "[]",
            "{}",
            "{}}");

    private final List<byte[]> pieces = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>(); // by ISO-8859-1 text of the bytes
    private final Map<String, Integer> specials = new LinkedHashMap<>();
    private final Set<Integer> ends = new LinkedHashSet<>();
    private int longest;

    private Vocabularies() {}

    /** All bytes, some words, marks where asked for, and a token that ends the turn. */
    static Vocabularies small(boolean marks) {
        Vocabularies made = new Vocabularies();
        made.bytes();
        WORDS.forEach(word -> made.add(word.getBytes(StandardCharsets.UTF_8)));
        made.add("é".getBytes(StandardCharsets.UTF_8)); // the same bytes once more
        made.add(new byte[] {(byte) 0xe6, (byte) 0x97}); // a part of 日
        made.add(new byte[] {(byte) 0x9d, '"'});
        made.add(new byte[] {(byte) 0xa5, 'x'}); // the end of 日 and more
        made.add(new byte[0]);
        if (marks) {
            made.marks();
        }
        made.end();
        return made;
    }

    /** Without single bytes above a limit. */
    static Vocabularies narrow(int bytes) {
        Vocabularies made = new Vocabularies();
        for (int value = 0; value < bytes; value++) {
            made.add(new byte[] {(byte) value});
        }
        WORDS.forEach(word -> made.add(word.getBytes(StandardCharsets.UTF_8)));
        made.marks();
        made.end();
        return made;
    }

    /** Of the size and shape of a large byte-level one: words with and without a space, signs, blanks, other scripts. */
    static Vocabularies large(int size, long seed) {
        Vocabularies made = new Vocabularies();
        Random random = new Random(seed);
        made.bytes();
        WORDS.forEach(word -> made.add(word.getBytes(StandardCharsets.UTF_8)));
        String letters = "eeeeeettttaaaooiinnsshhrrddllcummwfgypbvkxjqz";
        String signs = "(){}[]<>=+-*/\\\"'`.,:;!?@#$%^&_|~\n\t ";
        while (made.pieces.size() < size - MARKS.size() - 1) {
            StringBuilder text = new StringBuilder();
            int kind = random.nextInt(20);
            int count = 1 + random.nextInt(4) + random.nextInt(5) + random.nextInt(4);
            if (kind < 13) {
                text.append(random.nextInt(2) == 0 ? " " : "");
                for (int i = 0; i < count; i++) {
                    char letter = letters.charAt(random.nextInt(letters.length()));
                    text.append(i == 0 && kind < 3 || kind == 0 ? Character.toUpperCase(letter) : letter);
                }
            } else if (kind < 15) {
                for (int i = 0; i < 1 + count / 2; i++) {
                    text.append(signs.charAt(random.nextInt(signs.length())));
                }
            } else {
                int script = new int[] {0x4e00, 0x400, 0xac00, 0x600, 0x3040}[kind - 15];
                int letter = script == 0x4e00 ? 20_000 : script == 0xac00 ? 10_000 : 80;
                for (int i = 0; i < 1 + count / 3; i++) {
                    text.append((char) (script + random.nextInt(letter)));
                }
            }
            made.addOnce(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        made.marks();
        made.end();
        return made;
    }

    static Tokenizer fixture() {
        return Fixtures.open(Fixtures.F32).tokenizer();
    }

    private void bytes() {
        for (int value = 0; value < 256; value++) {
            add(new byte[] {(byte) value});
        }
    }

    private void marks() {
        for (String mark : MARKS) {
            specials.put(mark, pieces.size());
            pieces.add(mark.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void end() {
        specials.put("<|im_end|>", pieces.size());
        ends.add(pieces.size());
        pieces.add("<|im_end|>".getBytes(StandardCharsets.UTF_8));
    }

    private void addOnce(byte[] piece) {
        if (!numbers.containsKey(new String(piece, StandardCharsets.ISO_8859_1))) {
            add(piece);
        }
    }

    private void add(byte[] piece) {
        numbers.putIfAbsent(new String(piece, StandardCharsets.ISO_8859_1), pieces.size());
        pieces.add(piece);
        longest = Math.max(longest, piece.length);
    }

    @Override
    public int[] encode(String text, boolean parseSpecial) {
        for (Map.Entry<String, Integer> special : specials.entrySet()) {
            int at = text.indexOf(special.getKey());
            if (at >= 0 && (parseSpecial || !isControl(special.getValue()))) {
                int[] before = encode(text.substring(0, at), parseSpecial);
                int[] after = encode(text.substring(at + special.getKey().length()), parseSpecial);
                int[] all = new int[before.length + 1 + after.length];
                System.arraycopy(before, 0, all, 0, before.length);
                all[before.length] = special.getValue();
                System.arraycopy(after, 0, all, before.length + 1, after.length);
                return all;
            }
        }
        String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        List<Integer> tokens = new ArrayList<>();
        for (int at = 0; at < bytes.length(); ) {
            int end = Math.min(bytes.length(), at + longest);
            while (!numbers.containsKey(bytes.substring(at, end))) {
                end--;
            }
            tokens.add(numbers.get(bytes.substring(at, end)));
            at = end;
        }
        return tokens.stream().mapToInt(token -> token).toArray();
    }

    @Override
    public String decode(int[] tokens) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int token : tokens) {
            bytes.writeBytes(pieces.get(token));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] piece(int token) {
        return pieces.get(token).clone();
    }

    @Override
    public int vocabularySize() {
        return pieces.size();
    }

    @Override
    public OptionalInt special(String text) {
        Integer token = specials.get(text);
        return token == null ? OptionalInt.empty() : OptionalInt.of(token);
    }

    @Override
    public OptionalInt beginning() {
        return OptionalInt.empty();
    }

    @Override
    public boolean isEndOfGeneration(int token) {
        return ends.contains(token);
    }

    @Override
    public boolean isControl(int token) {
        return ends.contains(token) || new String(pieces.get(token), StandardCharsets.UTF_8).startsWith("<|");
    }
}
