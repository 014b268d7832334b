package dev.bantam.engine.grammar;

import dev.bantam.engine.Constraint;
import dev.bantam.engine.Tokenizer;
import java.util.Map;

/**
 * A bare JSON value by a schema. Safe for many threads; the constraints that it starts are not.
 *
 * <p>Where the value may end or go on, as a number may, the tokens that end a turn are allowed as well.
 */
public final class JsonGrammar {
    private final Automaton automaton;

    private JsonGrammar(Automaton automaton) {
        this.automaton = automaton;
    }

    /** The same as with {@link TokenTrie#of}, which several grammars should share. */
    public static JsonGrammar compile(Map<String, Object> schema, Tokenizer tokenizer) {
        return compile(schema, TokenTrie.of(tokenizer));
    }

    /** @throws IllegalArgumentException when the vocabulary cannot write JSON */
    public static JsonGrammar compile(Map<String, Object> schema, TokenTrie trie) {
        Node root = new SchemaRules(new FreeJson(new Parts(trie)), schema).value(schema);
        if (root == null) {
            throw new IllegalArgumentException("JSON cannot be written: the vocabulary lacks tokens for single bytes");
        }
        return new JsonGrammar(new Automaton(root, trie));
    }

    /** Begins a value. */
    public Constraint start() {
        return new GrammarConstraint(automaton, Bindings.NONE, (tool, text) -> Map.of());
    }
}
