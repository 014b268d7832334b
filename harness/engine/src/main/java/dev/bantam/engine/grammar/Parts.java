package dev.bantam.engine.grammar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Builds nodes for the words of a grammar, back to front: each method takes what follows. Only bytes that the vocabulary has
 * as tokens of their own are used, so that every place can be left; null stands for what cannot be written with them.
 */
final class Parts {
    /** First and last of each byte of the well-formed sequences of several bytes (Unicode Standard, table 3-7). */
    private static final int[][] UTF8 = {
        {0xc2, 0xdf, 0x80, 0xbf},
        {0xe0, 0xe0, 0xa0, 0xbf, 0x80, 0xbf},
        {0xe1, 0xec, 0x80, 0xbf, 0x80, 0xbf},
        {0xed, 0xed, 0x80, 0x9f, 0x80, 0xbf},
        {0xee, 0xef, 0x80, 0xbf, 0x80, 0xbf},
        {0xf0, 0xf0, 0x90, 0xbf, 0x80, 0xbf, 0x80, 0xbf},
        {0xf1, 0xf3, 0x80, 0xbf, 0x80, 0xbf, 0x80, 0xbf},
        {0xf4, 0xf4, 0x80, 0x8f, 0x80, 0xbf, 0x80, 0xbf}
    };

    private final TokenTrie trie;
    private final Node quoted;
    private final Node raw;

    Parts(TokenTrie trie) {
        this.trie = trie;
        this.quoted = jsonBody();
        this.raw = rawBody();
    }

    TokenTrie trie() {
        return trie;
    }

    /** A rule: the rest of a JSON string after the opening quote, with the closing one. */
    Node quoted() {
        return quoted;
    }

    /** A rule: any text up to and with {@link Spelling#RAW_END}. */
    Node raw() {
        return raw;
    }

    Node literal(String text, Node next) {
        return literal(text.getBytes(StandardCharsets.UTF_8), next);
    }

    Node literal(byte[] text, Node next) {
        if (next == null || !trie.writes(text)) {
            return null;
        }
        Node node = next;
        for (int i = text.length - 1; i >= 0; i--) {
            node = new Node.Range(text[i] & 255, text[i] & 255, node);
        }
        return node;
    }

    /** A mark of the chat format: its token where the vocabulary has one, else its text. */
    Node mark(String text, Node next) {
        OptionalInt token = trie.tokenizer().special(text);
        return next != null && token.isPresent() ? new Node.Mark(token.getAsInt(), next) : literal(text, next);
    }

    static Node call(Node rule, Node next) {
        return rule == null || next == null ? null : new Node.Call(rule, next);
    }

    /** Any of these that are not null. */
    static Node fork(List<Node> nodes) {
        List<Node> possible = nodes.stream().filter(Objects::nonNull).toList();
        if (possible.size() < 2) {
            return possible.isEmpty() ? null : possible.getFirst();
        }
        Node.Fork fork = new Node.Fork();
        fork.to.addAll(possible);
        return fork;
    }

    static Node fork(Node... nodes) {
        return fork(Arrays.asList(nodes));
    }

    Node range(int low, int high, Node next) {
        Node.Fork fork = new Node.Fork();
        for (int at = low; at <= high && next != null; ) {
            int end = at;
            while (end <= high && trie.writes(end)) {
                end++;
            }
            if (end > at) {
                fork.to.add(new Node.Range(at, end - 1, next));
            }
            at = end + 1;
        }
        return fork(fork.to);
    }

    /** Any one of these ASCII characters. */
    Node any(String characters, Node next) {
        return fork(characters.chars().mapToObj(c -> range(c, c, next)).toList());
    }

    /** At most so many digits, then what follows. */
    Node digits(int most, Node next) {
        Node node = next;
        for (int i = 0; i < most; i++) {
            node = fork(next, range('0', '9', node));
        }
        return node;
    }

    private Node utf8(Node next) {
        Node.Fork fork = new Node.Fork();
        for (int[] sequence : UTF8) {
            Node node = next;
            for (int i = sequence.length - 2; i >= 0; i -= 2) {
                node = range(sequence[i], sequence[i + 1], node);
            }
            if (node != null) {
                fork.to.add(node);
            }
        }
        return fork(fork.to);
    }

    private Node jsonBody() {
        Node.Fork body = new Node.Fork();
        String hex = "0123456789abcdefABCDEF";
        Node two = any(hex, any(hex, body));
        Node low = literal("\\u", any("dD", any("cdefCDEF", two)));
        Node escape = fork(
                any("\"\\/bfnrt", body),
                range(
                        'u',
                        'u',
                        fork(
                                any("0123456789abcefABCEF", any(hex, two)),
                                any("dD", any("01234567", two)),
                                any("dD", any("89abAB", any(hex, any(hex, low)))))));
        Node closing = range('"', '"', Node.END);
        for (Node node : Arrays.asList(
                range(0x20, '"' - 1, body),
                range('"' + 1, '\\' - 1, body),
                range('\\' + 1, 0x7f, body),
                utf8(body),
                range('\\', '\\', escape),
                closing)) {
            if (node != null) {
                body.to.add(node);
            }
        }
        return closing == null ? null : body;
    }

    /** A fork for each number of bytes of the end that have come; after a mismatch none or one has. */
    private Node rawBody() {
        byte[] end = Spelling.RAW_END_BYTES;
        if (!trie.writes(end)) {
            return null;
        }
        Node.Fork[] come = new Node.Fork[end.length];
        Arrays.setAll(come, i -> new Node.Fork());
        for (int i = 0; i < end.length; i++) {
            Node go = i + 1 < end.length ? come[i + 1] : Node.END;
            come[i].to.add(new Node.Range(end[i], end[i], go));
            int[] named = i == 0 ? new int[] {'\n'} : new int[] {'\n', end[i]};
            int from = 0;
            for (int value : named) {
                addTo(come[i], range(from, value - 1, come[0]));
                from = value + 1;
            }
            addTo(come[i], range(from, 0x7f, come[0]));
            addTo(come[i], utf8(come[0]));
            if (i > 0) {
                come[i].to.add(new Node.Range('\n', '\n', come[1]));
            }
        }
        return come[0];
    }

    private static void addTo(Node.Fork fork, Node node) {
        if (node != null) {
            fork.to.add(node);
        }
    }
}
