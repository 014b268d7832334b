package dev.bantam.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.bantam.engine.Constraint;
import dev.bantam.engine.Tokenizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Edits of random weights, of random files: none names a file or a text that is not there. */
class MaskedEditsTest {
    private static final int EDITS = 300; // in each syntax
    private static final ToolShape EDIT = new ToolShape("edit", Shapes.schema("""
                    {"type": "object", "properties": {"path": {"type": "string"}, "old_text": {"type": "string"},
                     "new_text": {"type": "string"}}, "required": ["path", "old_text", "new_text"]}"""));
    private static final Set<String> ALL = Set.of("path", "old_text", "new_text");
    private static final String[] PIECES = {
        "a",
        "b",
        " ",
        "    ",
        "\n",
        "\r\n",
        "\t",
        "\"",
        "\\",
        "\\n",
        "\\\"",
        "'",
        "é",
        "ü",
        "日本",
        "語",
        "😀",
        "\u0001",
        "\u001f",
        "\u007f",
        "public ",
        "class Main {",
        "</parameter>",
        "\n</parameter>",
        "<tool_call>",
        "</tool_call>",
        "{",
        "}",
        ",",
        "/"
    };

    @ParameterizedTest
    @EnumSource(CallSyntax.class)
    void noEditNamesAFileOrATextThatIsNotThere(CallSyntax syntax) throws JsonProcessingException {
        long seed = new Random().nextLong();
        System.out.println("MaskedEditsTest " + syntax + " seed " + seed);
        Random random = new Random(seed);
        List<Tokenizer> vocabularies =
                List.of(Vocabularies.small(true), Vocabularies.small(false), Vocabularies.large(5_000, 9));
        List<CallGrammar> grammars = vocabularies.stream()
                .map(tokenizer -> CallGrammar.compile(syntax, List.of(EDIT), tokenizer))
                .toList();
        for (int i = 0; i < EDITS; i++) {
            Map<String, String> files = files(random);
            int which = random.nextInt(grammars.size());
            Constraint constraint = grammars.get(which).open((tool, argument, earlier) -> switch (argument) {
                case "path" -> new Bound.OneOf(List.copyOf(files.keySet()));
                case "old_text" -> new Bound.SubstringOf(files.get((String) earlier.get("path")));
                default -> Bound.FREE;
            });
            String text = new Writer(vocabularies.get(which), random.nextLong()).write(constraint);
            WrittenCall call = WrittenCall.read(syntax, text, ALL);
            String what = "seed " + seed + ", edit " + i + ": " + text;
            String path = call.arguments().get("path").asText();
            assertThat(files).as(what).containsKey(path);
            assertThat(files.get(path))
                    .as(what)
                    .contains(call.arguments().get("old_text").asText());
            assertThat(call.arguments().get("old_text").asText()).as(what).isNotEmpty();
        }
    }

    private static Map<String, String> files(Random random) {
        Map<String, String> files = new LinkedHashMap<>();
        int count = 1 + random.nextInt(4);
        while (files.size() < count) {
            String path = text(random, 1 + random.nextInt(3)).replace("\n</parameter>", "p");
            files.put(path, text(random, 1 + random.nextInt(60)) + "end");
        }
        return files;
    }

    private static String text(Random random, int pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
