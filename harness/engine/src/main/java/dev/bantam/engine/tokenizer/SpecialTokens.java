package dev.bantam.engine.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Splits text at special tokens as llama.cpp does: a longer one wins over any shorter that overlaps it. */
final class SpecialTokens {
    sealed interface Fragment {
        record Plain(String text) implements Fragment {}

        record Special(int token) implements Fragment {}
    }

    private record Named(String text, int token, int bytes) {}

    private final List<Named> sorted; // by text
    private final boolean[] begins = new boolean[128]; // ASCII characters with which one begins
    private final boolean anyBeginsElsewhere;

    /** @param tokens tokens whose text is not empty */
    SpecialTokens(Vocabulary vocabulary, List<Integer> tokens) {
        sorted = tokens.stream()
                .map(token -> new Named(vocabulary.text(token), token, vocabulary.piece(token).length))
                .sorted(Comparator.comparing(Named::text))
                .toList();
        boolean elsewhere = false;
        for (Named special : sorted) {
            char first = special.text().charAt(0);
            if (first < begins.length) {
                begins[first] = true;
            } else {
                elsewhere = true;
            }
        }
        anyBeginsElsewhere = elsewhere;
    }

    List<Fragment> split(String text) {
        List<Fragment> fragments = text.isEmpty() ? List.of() : List.of(new Fragment.Plain(text));
        for (Named special : present(text)) {
            List<Fragment> finer = new ArrayList<>();
            for (Fragment fragment : fragments) {
                switch (fragment) {
                    case Fragment.Special done -> finer.add(done);
                    case Fragment.Plain(String plain) -> split(plain, special, finer);
                }
            }
            fragments = finer;
        }
        return fragments;
    }

    private static void split(String plain, Named special, List<Fragment> out) {
        int start = 0;
        for (int at = plain.indexOf(special.text()); at >= 0; at = plain.indexOf(special.text(), start)) {
            if (at > start) {
                out.add(new Fragment.Plain(plain.substring(start, at)));
            }
            out.add(new Fragment.Special(special.token()));
            start = at + special.text().length();
        }
        if (start < plain.length()) {
            out.add(new Fragment.Plain(plain.substring(start)));
        }
    }

    /** Those that occur in the text, longest first; found in one pass, however many there are. */
    private Set<Named> present(String text) {
        Set<Named> present =
                new TreeSet<>(Comparator.comparingInt(Named::bytes).reversed().thenComparingInt(Named::token));
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c < begins.length ? begins[c] : anyBeginsElsewhere) {
                addThoseAt(text, at, present);
            }
        }
        return present;
    }

    /** Narrows the sorted texts character by character to those that stand at a place. */
    private void addThoseAt(String text, int at, Set<Named> present) {
        int low = 0;
        int high = sorted.size();
        for (int depth = 0; low < high && at + depth < text.length(); depth++) {
            char c = text.charAt(at + depth);
            low = firstFrom(c, depth, low, high);
            high = firstFrom((char) (c + 1), depth, low, high);
            for (int i = low; i < high && sorted.get(i).text().length() == depth + 1; i++) {
                present.add(sorted.get(i));
                low = i + 1;
            }
        }
    }

    /** The first of the texts from {@code low} to {@code high}, equal up to {@code depth}, that goes on with c or later. */
    private int firstFrom(char c, int depth, int low, int high) {
        if (c == 0) {
            return high;
        }
        int from = low;
        int to = high;
        while (from < to) {
            int middle = from + to >>> 1;
            if (sorted.get(middle).text().charAt(depth) < c) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
