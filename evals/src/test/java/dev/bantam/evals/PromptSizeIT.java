package dev.bantam.evals;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bantam.engine.Engine;
import dev.bantam.engine.EngineOptions;
import dev.bantam.engine.Model;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every token before the first word of the user is read again by every new session, at a laptop's pace. */
class PromptSizeIT {
    /** Its tokenizer is cut by the rules of Qwen's, with a small vocabulary: it never counts fewer tokens than Qwen's. */
    private static final Path QWEN_RULES =
            Path.of("../harness/engine/src/test/resources/fixtures/qwen3moe-t-Q8_0.gguf");

    /** Stands for this test's own folder, whose long name has another length in every run. */
    private static final String USUAL_WORKSPACE = "/home/me/shop";

    private static final int MOST = 1_800;

    @Test
    void systemPromptAndDefaultToolsStayUnder1800Tokens(@TempDir Path folder) throws Exception {
        String first;
        try (ModelServer server = ModelServer.saying(Said.text("Hello."))) {
            Packaged bantam = new Packaged(folder);
            bantam.run("-p", "Hello", "-m", "llamacpp/", "--base-url", server.url());
            first = server.chats().getFirst().replace(bantam.workspace().toString(), USUAL_WORKSPACE);
        }
        JsonNode request = new ObjectMapper().readTree(first);
        String prompt = request.path("messages").path(0).path("content").asText() + tools(request.path("tools"));
        try (Model model = Engine.open(QWEN_RULES, EngineOptions.defaults())) {
            int tokens = model.tokenizer().encode(prompt, false).length;
            System.out.println("system prompt and default tools: " + tokens + " tokens by a small Qwen vocabulary, "
                    + prompt.length() + " characters");
            assertThat(tokens).isLessThanOrEqualTo(MOST);
        }
    }

    /** As the chat template of Qwen 2.5 and 3 puts them into the system prompt. */
    private static String tools(JsonNode tools) {
        return "\n\n# Tools\n\nYou may call one or more functions to assist with the user query.\n\n"
                + "You are provided with function signatures within <tools></tools> XML tags:\n<tools>"
                + StreamSupport.stream(tools.spliterator(), false)
                        .map(tool -> "\n" + spaced(tool))
                        .collect(Collectors.joining())
                + "\n</tools>\n\nFor each function call, return a json object with function name and arguments within"
                + " <tool_call></tool_call> XML tags:\n<tool_call>\n"
                + "{\"name\": <function-name>, \"arguments\": <args-json-object>}\n</tool_call>";
    }

    /** With a blank after each comma and colon, as Python writes JSON. */
    private static String spaced(JsonNode node) {
        if (node.isObject()) {
            return node.properties().stream()
                    .map(field -> Said.json(field.getKey()) + ": " + spaced(field.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(PromptSizeIT::spaced)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return node.toString();
    }
}
