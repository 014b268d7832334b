package dev.bantam.engine.grammar;

import java.util.Arrays;

/**
 * The smallest automaton that accepts exactly the substrings of some bytes (Blumer et al. 1985), built online in linear
 * time. A state's transitions are a list in flat arrays.
 */
final class SuffixAutomaton {
    static final int ROOT = 0;

    private int[] length; // (state): of its longest substring
    private int[] link; // (state): suffix link
    private int[] first; // (state): its first transition, or -1
    private int[] target; // (transition)
    private int[] following; // (transition): the state's next transition, or -1
    private byte[] label; // (transition)
    private int states;
    private int transitions;
    private int last;

    SuffixAutomaton(byte[] text) {
        int room = Math.max(16, text.length + text.length / 2);
        length = new int[room];
        link = new int[room];
        first = new int[room];
        target = new int[room];
        following = new int[room];
        label = new byte[room];
        add(0, -1);
        for (byte value : text) {
            extend(value);
        }
    }

    /** The state after a byte, or -1 when no substring goes on so. */
    int step(int state, int value) {
        int transition = transition(state, (byte) value);
        return transition < 0 ? -1 : target[transition];
    }

    /** The first transition of a state, or -1. */
    int first(int state) {
        return first[state];
    }

    /** The transition of the same state after this one, or -1. */
    int following(int transition) {
        return following[transition];
    }

    int label(int transition) {
        return label[transition] & 255;
    }

    private void extend(byte value) {
        int current = add(length[last] + 1, 0);
        int from = last;
        last = current;
        while (from >= 0 && transition(from, value) < 0) {
            connect(from, value, current);
            from = link[from];
        }
        if (from < 0) {
            return;
        }
        int old = target[transition(from, value)];
        if (length[from] + 1 == length[old]) {
            link[current] = old;
            return;
        }
        int clone = add(length[from] + 1, link[old]);
        for (int i = first[old]; i >= 0; i = following[i]) {
            connect(clone, label[i], target[i]);
        }
        link[old] = clone;
        link[current] = clone;
        while (from >= 0) {
            int transition = transition(from, value);
            if (transition < 0 || target[transition] != old) {
                return;
            }
            target[transition] = clone;
            from = link[from];
        }
    }

    private int transition(int state, byte value) {
        int i = first[state];
        while (i >= 0 && label[i] != value) {
            i = following[i];
        }
        return i;
    }

    private int add(int stateLength, int stateLink) {
        if (states == length.length) {
            int room = states + (states >> 1);
            length = Arrays.copyOf(length, room);
            link = Arrays.copyOf(link, room);
            first = Arrays.copyOf(first, room);
        }
        length[states] = stateLength;
        link[states] = stateLink;
        first[states] = -1;
        return states++;
    }

    private void connect(int from, byte value, int to) {
        if (transitions == target.length) {
            int room = transitions + (transitions >> 1);
            target = Arrays.copyOf(target, room);
            following = Arrays.copyOf(following, room);
            label = Arrays.copyOf(label, room);
        }
        label[transitions] = value;
        target[transitions] = to;
        following[transitions] = first[from];
        first[from] = transitions++;
    }
}
