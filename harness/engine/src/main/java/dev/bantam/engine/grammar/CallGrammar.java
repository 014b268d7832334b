package dev.bantam.engine.grammar;

import dev.bantam.engine.Constraint;
import dev.bantam.engine.Tokenizer;
import java.util.List;

/**
 * What tool calls may look like in one syntax: compiled once for a set of tools, with masks that are cached. Safe for many
 * threads; the constraints that it opens are not.
 *
 * <p>The arguments of a tool come in the order of its schema, and no others. Strings that are arguments themselves, not
 * within arrays or objects, may be bound; those of an {@code enum} are bound by it alone. In {@link CallSyntax#QWEN_XML} an
 * argument stands as it is when its schema admits nothing but strings and null, and is JSON otherwise.
 *
 * <p>A mark of the chat format that is a token, such as {@code </tool_call>}, comes as that token and is never part of
 * {@link Constraint#forced}: where nothing else may follow it is the only token allowed.
 */
public final class CallGrammar {
    private final CallRules rules;
    private final Automaton automaton;

    private CallGrammar(CallRules rules, TokenTrie trie) {
        this.rules = rules;
        this.automaton = new Automaton(rules.root(), trie);
    }

    /** The same as with {@link TokenTrie#of}, which several grammars should share. */
    public static CallGrammar compile(CallSyntax syntax, List<ToolShape> tools, Tokenizer tokenizer) {
        return compile(syntax, tools, TokenTrie.of(tokenizer));
    }

    /** @throws IllegalArgumentException when there is no tool, or one cannot be written with the vocabulary */
    public static CallGrammar compile(CallSyntax syntax, List<ToolShape> tools, TokenTrie trie) {
        return new CallGrammar(new CallRules(syntax, tools, new Parts(trie)), trie);
    }

    /**
     * Begins a call right after its opening mark: {@code <tool_call>}, {@code [TOOL_CALLS]}, {@code commentary to=}; for
     * {@link CallSyntax#LLAMA3}, which has none, before the brace.
     *
     * @param bindings asked once for an argument and the values before it, maybe for values that then do not come
     */
    public Constraint open(Bindings bindings) {
        return new GrammarConstraint(automaton, bindings, rules::arguments);
    }
}
