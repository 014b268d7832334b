package dev.bantam.engine.grammar;

import dev.bantam.engine.TokenSet;
import java.util.List;

/**
 * The tokens that may follow a state, as far as that does not depend on bindings.
 *
 * @param tokens allowed in any case
 * @param opened where tokens go on into a bound string
 */
record Mask(TokenSet tokens, List<Opened> opened) {
    /**
     * A node of the trie at which a string is opened; what is below depends on the bindings.
     *
     * @param path the bytes that lead there
     */
    record Opened(int node, State state, byte[] path) {}
}
