package dev.bantam.engine.grammar;

import java.util.Arrays;

/**
 * The substrings of some bytes as a tree that grows where it is walked: the lazy top-down construction of Giegerich, Kurtz
 * and Stoye (2003), over UTF-8 and for substrings that begin at a character. Nothing but the list of suffixes is made
 * beforehand; a node's suffixes are a range of it, which is put in order by the next byte when its children are asked for.
 * An automaton of all substrings would cost a hundred times more than the few ways through it that a text takes.
 */
final class SuffixTree {
    private static final int FEW = 24; // so many suffixes are sorted by insertion

    private final byte[] text;
    private final int[] suffixes; // where each begins
    private final Node root;

    SuffixTree(byte[] text) {
        this.text = text;
        int count = 0;
        for (byte value : text) {
            count += isLead(value) ? 1 : 0;
        }
        suffixes = new int[count];
        int at = 0;
        for (int i = 0; i < text.length; i++) {
            if (isLead(text[i])) {
                suffixes[at++] = i;
            }
        }
        root = new Node(0, count, 0);
    }

    private static boolean isLead(byte value) {
        return (value & 0xc0) != 0x80;
    }

    Node root() {
        return root;
    }

    /** A substring that occurs. */
    final class Node {
        private final int from; // its occurrences: a range of the suffixes
        private final int to;
        private final int depth; // its bytes
        private volatile Children children; // null: not asked for yet

        private Node(int from, int to, int depth) {
            this.from = from;
            this.to = to;
            this.depth = depth;
        }

        /** The substring that is one byte longer, or null when it does not occur. */
        Node step(int value) {
            if (to - from == 1) {
                int next = suffixes[from] + depth;
                return next < text.length && (text[next] & 255) == value ? new Node(from, to, depth + 1) : null;
            }
            Children known = children();
            int i = Arrays.binarySearch(known.labels, value);
            return i < 0 ? null : known.nodes[i];
        }

        /** The bytes that may follow, in order. */
        int[] labels() {
            return children().labels;
        }

        private Children children() {
            Children known = children;
            if (known == null) {
                synchronized (SuffixTree.this) {
                    known = children;
                    if (known == null) {
                        known = split();
                        children = known;
                    }
                }
            }
            return known;
        }

        private Children split() {
            sort();
            int start = from;
            while (start < to && next(start) < 0) {
                start++; // the end of the text
            }
            int count = 0;
            for (int i = start; i < to; i++) {
                count += i == start || next(i) != next(i - 1) ? 1 : 0;
            }
            Children made = new Children(new int[count], new Node[count]);
            for (int i = start, child = 0; i < to; child++) {
                int end = i + 1;
                while (end < to && next(end) == next(i)) {
                    end++;
                }
                made.labels[child] = next(i);
                made.nodes[child] = new Node(i, end, depth + 1);
                i = end;
            }
            return made;
        }

        /** The byte after an occurrence, -1 at the end of the text. */
        private int next(int i) {
            int at = suffixes[i] + depth;
            return at < text.length ? text[at] & 255 : -1;
        }

        private void sort() {
            if (to - from <= FEW) {
                for (int i = from + 1; i < to; i++) {
                    int suffix = suffixes[i];
                    int value = next(i);
                    int at = i;
                    for (; at > from && next(at - 1) > value; at--) {
                        suffixes[at] = suffixes[at - 1];
                    }
                    suffixes[at] = suffix;
                }
                return;
            }
            int[] starts = new int[258];
            for (int i = from; i < to; i++) {
                starts[next(i) + 2]++;
            }
            for (int i = 1; i < starts.length; i++) {
                starts[i] += starts[i - 1];
            }
            int[] old = Arrays.copyOfRange(suffixes, from, to);
            for (int suffix : old) {
                int at = suffix + depth;
                int value = at < text.length ? text[at] & 255 : -1;
                suffixes[from + starts[value + 1]++] = suffix;
            }
        }
    }

    private record Children(int[] labels, Node[] nodes) {}
}
