package dev.bantam.engine.grammar;

import dev.bantam.engine.TokenSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A grammar as an automaton over bytes that is made deterministic while it is used. States that do not depend on bindings
 * are kept, with the masks over the vocabulary. Safe for many threads.
 */
final class Automaton {
    private static final int MOST_STATES = 20_000; // about a kilobyte each
    private static final long MASK_BYTES = 24L << 20;

    private final TokenTrie trie;
    private final ConcurrentHashMap<State, State> states = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<State> masked = new ConcurrentLinkedQueue<>(); // oldest first
    private final AtomicInteger masks = new AtomicInteger();
    private final Node root;
    private final int mostStates;
    private final int mostMasks;
    private volatile State start;

    Automaton(Node root, TokenTrie trie) {
        this(root, trie, MOST_STATES, (int) Math.max(16, MASK_BYTES / (trie.vocabulary() / 8 + 1)));
    }

    Automaton(Node root, TokenTrie trie, int mostStates, int mostMasks) {
        this.root = root;
        this.trie = trie;
        this.mostStates = mostStates;
        this.mostMasks = mostMasks;
        this.start = kept(begin());
    }

    private State begin() {
        return new State.Builder().add(root, null).build();
    }

    TokenTrie trie() {
        return trie;
    }

    State start() {
        return start;
    }

    /** The one that is kept for all equal ones. */
    State kept(State state) {
        if (state.live || state == State.DEAD) {
            return state;
        }
        if (states.size() > mostStates) {
            forget();
        }
        State known = states.putIfAbsent(state, state);
        return known == null ? state : known;
    }

    /** Begins anew: states lead to one another, so that only all can be let go. Texts under way keep theirs to their end. */
    private synchronized void forget() {
        if (states.size() > mostStates) {
            states.clear();
            masked.clear();
            masks.set(0);
            start = begin();
        }
    }

    /** The state after a byte, {@link State#DEAD} where it may not follow. */
    State next(State state, int value) {
        if (state.live) {
            return kept(step(state, value));
        }
        State next = state.next[value];
        if (next == null) {
            next = kept(step(state, value));
            state.next[value] = next;
        }
        return next;
    }

    private static State step(State state, int value) {
        State.Builder builder = null;
        for (State.Config config : state.configs) {
            Node to = switch (config.node()) {
                case Node.Range range -> value >= range.low && value <= range.high ? range.next : null;
                case Node.Live live -> live.step(value);
                case Node.Mark mark -> null;
                case Node.Opening opening -> null;
                case Node.Fork fork -> null;
                case Node.Call call -> null;
                case Node.End end -> null;
            };
            if (to != null) {
                if (builder == null) {
                    builder = new State.Builder();
                }
                builder.add(to, config.frame());
            }
        }
        return builder == null ? State.DEAD : builder.build();
    }

    /** The state after a mark, {@link State#DEAD} where it may not follow. */
    State mark(State state, int token) {
        State.Builder builder = new State.Builder();
        for (State.Config config : state.configs) {
            if (config.node() instanceof Node.Mark mark && mark.token == token) {
                builder.add(mark.next, config.frame());
            }
        }
        return kept(builder.build());
    }

    /** The mask of a state that is neither live nor opens a string. */
    Mask mask(State state) {
        Mask known = state.mask;
        if (known != null) {
            return known;
        }
        TokenSet tokens = new TokenSet(trie.vocabulary());
        List<Mask.Opened> opened = new ArrayList<>();
        addMarks(state, tokens);
        walk(state, -1, tokens, (node, at, path) -> {
            opened.add(new Mask.Opened(node, at, path));
            return null;
        });
        Mask mask = new Mask(tokens, opened);
        state.mask = mask;
        masked.add(state);
        if (masks.incrementAndGet() > mostMasks) {
            State oldest = masked.poll();
            if (oldest != null) {
                oldest.mask = null;
                masks.decrementAndGet();
            }
        }
        return mask;
    }

    /** Adds the marks that may follow, and the tokens that end a turn where the text may end but need not. */
    void addMarks(State state, TokenSet tokens) {
        for (State.Config config : state.configs) {
            if (config.node() instanceof Node.Mark mark) {
                tokens.add(mark.token);
            }
        }
        if (state.ends && !state.over()) {
            tokens.addAll(trie.ends());
        }
    }

    /** Says how a walk goes on where a string is opened. */
    interface Openings {
        /** The state to go on with below a node of the trie, or null for not at all; {@code path} has the bytes since the walk began. */
        State resolve(int node, State opening, byte[] path);
    }

    /** Adds the tokens below a node of the trie, -1 for the root, that keep a text that is at a state in the language. */
    void walk(State from, int below, TokenSet tokens, Openings openings) {
        int base = below < 0 ? 0 : trie.depth(below);
        int end = below < 0 ? trie.nodes() : trie.skip(below);
        State[] at = new State[trie.deepest() + 1]; // (depth)
        byte[] path = new byte[trie.deepest()];
        at[base] = from;
        int node = below + 1;
        while (node < end) {
            int depth = trie.depth(node);
            int value = trie.label(node);
            State state = next(at[depth - 1], value);
            if (state == State.DEAD) {
                node = trie.skip(node);
                continue;
            }
            trie.addTokens(node, tokens);
            path[depth - base - 1] = (byte) value;
            if (state.opens) {
                state = trie.skip(node) == node + 1
                        ? null
                        : openings.resolve(node, state, Arrays.copyOf(path, depth - base));
            }
            if (state == null) {
                node = trie.skip(node);
            } else {
                at[depth] = state;
                node++;
            }
        }
    }
}
