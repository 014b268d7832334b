package dev.bantam.engine.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * All places at which a text can be: a state of the automaton that reads bytes. Equal when the places are. What it caches
 * may be computed twice by two threads, with the same result.
 */
final class State {
    private static final Config[] NOWHERE = {};

    /** No text leads here. */
    static final State DEAD = new State(NOWHERE, false);

    /** A node that takes a byte or a mark, or is an opening, and where to go on after its rule. */
    record Config(Node node, Frame frame) {
        boolean same(Node otherNode, Frame otherFrame) {
            return node == otherNode && Objects.equals(frame, otherFrame);
        }
    }

    final Config[] configs;
    /** Whether the text may end here. */
    final boolean ends;
    /** Whether a string begins here and bindings are to be asked. */
    final boolean opens;
    /** Whether it depends on bindings that were asked. */
    final boolean live;

    final State[] next; // (byte): null where not known yet; live states have none
    Mask mask; // null where not known yet
    private final int hash;

    private State(Config[] configs, boolean ends) {
        this.configs = configs;
        this.ends = ends;
        boolean anyOpens = false;
        boolean anyLive = false;
        int code = ends ? 1 : 0;
        for (Config config : configs) {
            anyOpens |= config.node instanceof Node.Opening;
            anyLive |= config.node instanceof Node.Live;
            code = 31 * code + 17 * System.identityHashCode(config.node) + Objects.hashCode(config.frame);
        }
        opens = anyOpens;
        live = anyLive;
        hash = code;
        next = live ? null : new State[256];
    }

    /** Whether the text has ended: nothing may follow. */
    boolean over() {
        return ends && configs.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof State that)
                || hash != that.hash
                || ends != that.ends
                || configs.length != that.configs.length) {
            return false;
        }
        for (int i = 0; i < configs.length; i++) {
            if (!configs[i].same(that.configs[i].node, that.configs[i].frame)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Collects places, following all that takes no byte. */
    static final class Builder {
        private final List<Config> configs = new ArrayList<>();
        private boolean ends;

        Builder add(Node node, Frame frame) {
            switch (node) {
                case Node.Range range -> put(range, frame);
                case Node.Mark mark -> put(mark, frame);
                case Node.Opening opening -> put(opening, frame);
                case Node.Live live -> {
                    if (live.goesOn()) {
                        put(live, frame);
                    }
                    if (live.ends()) {
                        add(live.after(), frame);
                    }
                }
                case Node.Fork fork -> {
                    for (Node to : fork.to) {
                        add(to, frame);
                    }
                }
                case Node.Call call -> add(call.rule, new Frame(call.next, frame));
                case Node.End end -> {
                    if (frame == null) {
                        ends = true;
                    } else {
                        add(frame.back, frame.below);
                    }
                }
            }
            return this;
        }

        private void put(Node node, Frame frame) {
            for (Config config : configs) {
                if (config.same(node, frame)) {
                    return;
                }
            }
            configs.add(new Config(node, frame));
        }

        State build() {
            return configs.isEmpty() && !ends ? DEAD : new State(configs.toArray(NOWHERE), ends);
        }
    }
}
