package dev.bantam.engine.grammar;

import dev.bantam.engine.Constraint;
import dev.bantam.engine.TokenSet;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** A text that is being written under a grammar. */
final class GrammarConstraint implements Constraint {
    private static final byte[] NOTHING = {};

    private final Automaton automaton;
    private final Bindings bindings;
    private final BiFunction<String, String, Map<String, Object>> arguments; // (tool, text) to what is complete
    private final Map<Asked, Node> answers; // null: free
    private State state;
    private byte[] text; // all that came, marks included
    private int length;
    private boolean ended; // by a token that ends the turn
    private TokenSet live; // room for masks that are not kept
    private TokenSet allowed; // null: not known yet

    private record Asked(Node.Opening opening, Map<String, Object> earlier) {}

    GrammarConstraint(
            Automaton automaton, Bindings bindings, BiFunction<String, String, Map<String, Object>> arguments) {
        this.automaton = automaton;
        this.bindings = bindings;
        this.arguments = arguments;
        this.answers = new HashMap<>();
        this.text = new byte[256];
        this.state = resolved(automaton.start(), NOTHING);
    }

    private GrammarConstraint(GrammarConstraint other) {
        automaton = other.automaton;
        bindings = other.bindings;
        arguments = other.arguments;
        answers = new HashMap<>(other.answers);
        state = other.state;
        text = Arrays.copyOf(other.text, Math.max(256, other.length));
        length = other.length;
        ended = other.ended;
    }

    @Override
    public TokenSet allowed() {
        if (allowed == null) {
            allowed = compute();
        }
        return allowed;
    }

    private TokenSet compute() {
        boolean keeps = !state.live && !complete();
        Mask mask = keeps ? automaton.mask(state) : null;
        if (keeps && mask.opened().isEmpty()) {
            return mask.tokens();
        }
        if (live == null) {
            live = new TokenSet(automaton.trie().vocabulary());
        }
        live.clear();
        if (keeps) {
            live.addAll(mask.tokens());
            for (Mask.Opened opened : mask.opened()) {
                walk(resolved(opened.state(), opened.path()), opened.node(), opened.path());
            }
        } else if (!complete()) {
            automaton.addMarks(state, live);
            walk(state, -1, NOTHING);
        }
        return live;
    }

    /** Adds what may follow at a node of the trie, with the bytes that lead there. */
    private void walk(State from, int node, byte[] before) {
        automaton.walk(from, node, live, (below, opening, path) -> resolved(opening, joined(before, path)));
    }

    @Override
    public void accept(int token) {
        State next = ended ? State.DEAD : read(token);
        if (next == State.DEAD) {
            throw new IllegalArgumentException("token " + token + " is not allowed after '" + said(NOTHING) + "'");
        }
        state = next;
        allowed = null;
    }

    /** The state after a token, with its bytes noted; {@link State#DEAD}, and nothing noted, when it is not allowed. */
    private State read(int token) {
        if (token < 0 || token >= automaton.trie().vocabulary()) {
            return State.DEAD;
        }
        byte[] piece = automaton.trie().piece(token);
        if (piece == null) {
            return readMark(token);
        }
        State at = state;
        for (int i = 0; i < piece.length; i++) {
            at = automaton.next(at, piece[i] & 255);
            if (at.opens) {
                at = resolved(at, Arrays.copyOf(piece, i + 1));
            }
        }
        if (at != State.DEAD) {
            note(piece);
        }
        return at;
    }

    private State readMark(int token) {
        State at = automaton.mark(state, token);
        if (at != State.DEAD) {
            byte[] mark = automaton.trie().tokenizer().piece(token);
            at = at.opens ? resolved(at, mark) : at;
            note(mark);
        } else if (state.ends && automaton.trie().ends().contains(token)) {
            ended = true;
            return state;
        }
        return at;
    }

    private void note(byte[] piece) {
        if (length + piece.length > text.length) {
            text = Arrays.copyOf(text, Math.max(2 * text.length, length + piece.length));
        }
        System.arraycopy(piece, 0, text, length, piece.length);
        length += piece.length;
    }

    /** All that came and, after it, what might. */
    private String said(byte[] more) {
        return new String(joined(Arrays.copyOf(text, length), more), StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** The state with every opening bound; {@code path} has the bytes from what came to there. */
    private State resolved(State opening, byte[] path) {
        if (!opening.opens) {
            return opening;
        }
        State.Builder builder = new State.Builder();
        for (State.Config config : opening.configs) {
            builder.add(config.node() instanceof Node.Opening at ? answer(at, path) : config.node(), config.frame());
        }
        if (opening.ends) {
            builder.add(Node.END, null);
        }
        return automaton.kept(builder.build());
    }

    private Node answer(Node.Opening opening, byte[] path) {
        Map<String, Object> earlier = Collections.unmodifiableMap(arguments.apply(opening.tool, said(path)));
        Asked asked = new Asked(opening, earlier);
        if (!answers.containsKey(asked)) {
            answers.put(asked, bound(opening, earlier));
        }
        Node answer = answers.get(asked);
        return answer == null ? opening.free : answer;
    }

    private Node bound(Node.Opening opening, Map<String, Object> earlier) {
        TokenTrie trie = automaton.trie();
        return switch (bindings.bound(opening.tool, opening.argument, earlier)) {
            case Bound.Free free -> null;
            case Bound.OneOf(var choices) -> Choices.of(choices, opening.spelling, trie, opening.after);
            case Bound.SubstringOf(String whole) -> TextPart.of(whole, opening.spelling, trie, opening.after);
        };
    }

    @Override
    public String forced() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        State at = state;
        for (int value = only(at); value >= 0; value = only(at)) {
            bytes.write(value);
            at = automaton.next(at, value);
            if (at.opens) {
                at = resolved(at, bytes.toByteArray());
            }
        }
        return automaton.trie().withoutMarks(whole(bytes.toByteArray()));
    }

    /** The characters that are complete; none when the text before them ends within one. */
    private static String whole(byte[] bytes) {
        if (bytes.length > 0 && (bytes[0] & 0xc0) == 0x80) {
            return "";
        }
        int end = bytes.length;
        int lead = end - 1;
        while (lead >= 0 && (bytes[lead] & 0xc0) == 0x80) {
            lead--;
        }
        if (lead >= 0 && bytes[lead] < 0) {
            int needs = Integer.numberOfLeadingZeros(~bytes[lead] << 24);
            end = end - lead < needs ? lead : end;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    /** The only byte that may follow, or -1. */
    private int only(State at) {
        if (at.ends || ended) {
            return -1;
        }
        int only = -1;
        for (State.Config config : at.configs) {
            int value = switch (config.node()) {
                case Node.Range range -> range.low == range.high ? range.low : -1;
                case Node.Live bound -> bound.only();
                default -> -1;
            };
            if (value < 0 || only >= 0 && only != value) {
                return -1;
            }
            only = value;
        }
        return only;
    }

    @Override
    public boolean complete() {
        return ended || state.over();
    }

    @Override
    public Constraint copy() {
        return new GrammarConstraint(this);
    }
}
