package dev.bantam.model.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.ChatRequest.Purpose;
import dev.bantam.api.Finish;
import dev.bantam.api.LiveConstraint;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.Part;
import dev.bantam.api.Reply;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.Schema;
import dev.bantam.api.Schema.Field;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldRepliesTest {
    private static final ToolSpec READ = ToolSpec.of("read", "", Field.required("path", Schema.TEXT, ""));
    private static final ToolSpec EDIT = ToolSpec.of(
            "edit",
            "",
            Field.required("path", Schema.TEXT, ""),
            Field.required("old_text", Schema.TEXT, ""),
            Field.required("new_text", Schema.TEXT, ""));
    private static final String FILE = "LIMIT = 3\nLEVEL = 5\n\n\ndef limit():\n    return LIMIT\n";
    private static final Message.User QUESTION =
            Message.User.of("Which value does `TAILCOAT` have in src/helpless.py?");

    @TempDir
    Path folder;

    @Test
    void aPathThatDoesNotExistCannotBeNamed() throws Exception {
        assertThat(pathOf(reply(LocalOptions.usual(), request(List.of(QUESTION), onlyPath("src/other.py")))))
                .isEqualTo("src/other.py");
    }

    @Test
    void withoutLiveConstraintsOrWithoutAMaskTheModelNamesWhatItWants() throws Exception {
        ChatRequest request = request(List.of(QUESTION), onlyPath("src/other.py"));
        assertThat(pathOf(reply(LocalOptions.usual().withLiveConstraints(false), request)))
                .isEqualTo("src/helpless.py");
        assertThat(pathOf(reply(LocalOptions.usual().withMask(false), request))).isEqualTo("src/helpless.py");
    }

    @Test
    void anEditReplacesOnlyWhatIsInTheFile() throws Exception {
        String task = "Set LEVEL in conf.py to 9.";
        List<Message> messages = new ArrayList<>(List.of(Message.User.of(task)));
        Map<String, List<LiveConstraint>> live = Map.of(
                "edit",
                List.of(
                        new LiveConstraint.OneOf("path", () -> List.of("conf.py")),
                        new LiveConstraint.SubstringOf(
                                "old_text",
                                earlier -> earlier.optionalText("path")
                                        .filter("conf.py"::equals)
                                        .map(path -> FILE))));
        try (ChatModel model = open(LocalOptions.usual())) {
            Reply read = model.reply(request(messages, onlyPath("conf.py")), ReplyListener.NONE);
            messages.add(read.message());
            messages.add(new Message.ToolReply(
                    read.message().toolCalls().getFirst().id(), "read", new ToolResult.Done(FILE)));
            for (long seed = 0; seed < 20; seed++) {
                Message.Assistant reply = model.reply(
                                new ChatRequest("", List.of(EDIT), messages, hot(seed), live, Purpose.REPLY),
                                ReplyListener.NONE)
                        .message();
                for (Part.ToolCall call : reply.toolCalls()) {
                    assertThat(call.arguments().text("path")).isEqualTo("conf.py");
                    assertThat(FILE)
                            .as("seed " + seed)
                            .contains(call.arguments().text("old_text"));
                }
            }
        }
    }

    @Test
    void aToolThatIsNotOfferedCannotBeCalled() throws Exception {
        ToolSpec look = ToolSpec.of("look", "", Field.required("path", Schema.TEXT, ""));
        ChatRequest request = new ChatRequest("", List.of(look), List.of(QUESTION), options(200));
        Message.Assistant reply = reply(LocalOptions.usual(), request).message();
        assertThat(reply.toolCalls()).extracting(Part.ToolCall::tool).containsOnly("look");
    }

    @Test
    void aMaskedReplyTellsOfTokensWithoutChoice() throws Exception {
        Reply reply = reply(LocalOptions.usual(), request(List.of(QUESTION), onlyPath("src/helpless.py")));
        assertThat(reply.signals().forced()).isPositive();
        assertThat(reply.signals().tokensPerSecond()).isPositive();
    }

    @Test
    void aReplyThatOnlyAnnouncedSomethingIsTakenUpWithACall() throws Exception {
        Message.Assistant announced =
                new Message.Assistant(List.of(new Part.Text("Now let me read src/helpless.py.")), Finish.STOP);
        List<String> told = new ArrayList<>();
        ReplyListener listener = new ReplyListener() {
            @Override
            public void text(String delta) {
                told.add(delta);
            }
        };
        try (ChatModel model = open(LocalOptions.usual())) {
            ChatRequest request = new ChatRequest(
                    "",
                    List.of(READ),
                    List.of(QUESTION, announced),
                    options(200),
                    onlyPath("src/helpless.py"),
                    Purpose.TAKE_UP);
            Message.Assistant whole = model.reply(request, listener).message();
            assertThat(whole.text()).isEqualTo("Now let me read src/helpless.py.");
            assertThat(whole.toolCalls())
                    .singleElement()
                    .satisfies(call -> assertThat(call.arguments().text("path")).isEqualTo("src/helpless.py"));
            assertThat(told).as("what was told before is not told again").isEmpty();

            ChatRequest next = new ChatRequest(
                    "",
                    List.of(READ),
                    List.of(
                            QUESTION,
                            whole,
                            new Message.ToolReply(
                                    whole.toolCalls().getFirst().id(), "read", new ToolResult.Done("TAILCOAT = 4"))),
                    options(60));
            Reply answer = model.reply(next, ReplyListener.NONE);
            assertThat(answer.usage().cached())
                    .as("the reply is in the cache as it was generated")
                    .isGreaterThan(whole.tokens().orElseThrow().ids().length);
        }
    }

    @Test
    void aModelThatReadAheadHasLessToRead() throws Exception {
        try (ChatModel model = open(LocalOptions.usual())) {
            String system = "Be brief. ".repeat(20);
            model.readAhead(new ChatRequest(system, List.of(), List.of(), options(60)));
            Reply reply =
                    model.reply(new ChatRequest(system, List.of(), List.of(QUESTION), options(60)), ReplyListener.NONE);
            assertThat(reply.usage().cached()).isGreaterThan(40);
            assertThat(reply.usage().input() - reply.usage().cached()).isLessThan(50);
        }
    }

    private String pathOf(Reply reply) {
        return reply.message().toolCalls().getFirst().arguments().text("path");
    }

    private static Map<String, List<LiveConstraint>> onlyPath(String path) {
        return Map.of("read", List.of(new LiveConstraint.OneOf("path", () -> List.of(path))));
    }

    private static ChatRequest request(List<Message> messages, Map<String, List<LiveConstraint>> live) {
        return new ChatRequest("", List.of(READ), messages, options(200), live, Purpose.REPLY);
    }

    private static ChatRequest.Options options(int tokens) {
        return new ChatRequest.Options(
                ThinkingLevel.MODEL_DEFAULT, OptionalDouble.empty(), OptionalLong.empty(), tokens);
    }

    private static ChatRequest.Options hot(long seed) {
        return new ChatRequest.Options(ThinkingLevel.MODEL_DEFAULT, OptionalDouble.of(1.5), OptionalLong.of(seed), 300);
    }

    private Reply reply(LocalOptions options, ChatRequest request) throws Exception {
        try (ChatModel model = open(options)) {
            return model.reply(request, ReplyListener.NONE);
        }
    }

    private ChatModel open(LocalOptions options) throws ModelException {
        return LocalModels.open(Box.REF, Box.file(folder), options);
    }
}
