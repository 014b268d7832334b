package dev.bantam.model.local;

import dev.bantam.api.ToolSpec;
import dev.bantam.engine.Tokenizer;
import dev.bantam.engine.grammar.CallGrammar;
import dev.bantam.engine.grammar.CallSyntax;
import dev.bantam.engine.grammar.TokenTrie;
import dev.bantam.engine.grammar.ToolShape;
import java.util.List;

/** The grammar of the tools that were offered last: they seldom change in a session. One thread. */
final class Grammars {
    private final CallSyntax syntax;
    private final Tokenizer tokenizer;
    private TokenTrie trie; // large: made once, when it is first needed
    private List<ToolSpec> tools = List.of();
    private CallGrammar grammar;

    Grammars(CallSyntax syntax, Tokenizer tokenizer) {
        this.syntax = syntax;
        this.tokenizer = tokenizer;
    }

    CallGrammar of(List<ToolSpec> wanted) {
        if (grammar == null || !wanted.equals(tools)) {
            trie = trie == null ? TokenTrie.of(tokenizer) : trie;
            tools = List.copyOf(wanted);
            grammar = CallGrammar.compile(
                    syntax,
                    tools.stream()
                            .map(tool ->
                                    new ToolShape(tool.name(), tool.parameters().toJsonSchema()))
                            .toList(),
                    trie);
        }
        return grammar;
    }
}
