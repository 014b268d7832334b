package dev.bantam.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.engine.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AutomatonTest {
    @Test
    void writesTheSameHoweverFewStatesAndMasksAreKept() {
        long seed = new Random().nextLong();
        System.out.println("AutomatonTest seed " + seed);
        Tokenizer tokenizer = Vocabularies.small(true);
        TokenTrie trie = TokenTrie.of(tokenizer);
        ToolShape tool = Shapes.KNOWN.get(4);
        Node root = new SchemaRules(new FreeJson(new Parts(trie)), tool.parameters()).value(tool.parameters());
        Automaton few = new Automaton(root, trie, 20, 2);
        Automaton many = new Automaton(root, trie);
        for (int i = 0; i < 50; i++) {
            assertThat(write(few, tokenizer, seed + i))
                    .as("seed %d", seed + i)
                    .isEqualTo(write(many, tokenizer, seed + i));
        }
    }

    private static String write(Automaton automaton, Tokenizer tokenizer, long seed) {
        return new Writer(tokenizer, seed)
                .write(new GrammarConstraint(automaton, Bindings.NONE, (name, text) -> Map.of()));
    }

    @Test
    void theSuffixTreeHasExactlyTheSubstringsThatBeginAtACharacter() {
        long seed = new Random().nextLong();
        System.out.println("AutomatonTest tree seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(120); length >= 0; length--) {
                text.append("aabé日".charAt(random.nextInt(5)));
            }
            SuffixTree tree = new SuffixTree(Reference.bytes(text.toString()).getBytes(StandardCharsets.ISO_8859_1));
            for (int k = 0; k < 60; k++) {
                StringBuilder part = new StringBuilder();
                SuffixTree.Node at = tree.root();
                while (at != null) {
                    assertThat(text.toString()).as("seed %d", seed).contains(part);
                    String character = "" + "aabé日".charAt(random.nextInt(5));
                    part.append(character);
                    for (char value : Reference.bytes(character).toCharArray()) {
                        at = at == null ? null : at.step(value);
                    }
                }
                assertThat(text.toString()).as("seed %d", seed).doesNotContain(part);
            }
            assertThat(tree.root().step(0x97)).isNull();
        }
    }
}
