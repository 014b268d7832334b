package dev.bantam.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.Part;
import dev.bantam.api.Reply;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.Schema;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every model on a server must keep. A subclass plays the scenes in its server's own words. */
@Timeout(120)
public abstract class ChatModelContract {
    /** The text of {@link Scene#HELLO}, said in several pieces. */
    protected static final String HELLO = "Hello, small world! \u2713";

    /** What the server does when it is asked. */
    public enum Scene {
        /** Says {@link #HELLO}. */
        HELLO,
        /** Thinks "I should greet." and says {@link #HELLO}. */
        THINKS,
        /** Calls {@code read} with the path {@code src/Main.java}. */
        CALL,
        /** Refuses a prompt that is too long, in the words of this server. */
        TOO_LONG,
        /** Begins well and then sends something that is no frame of its format. */
        GARBAGE,
        /** Begins well and then closes the connection. */
        BREAKS_OFF,
        /** Answers 429 and asks to wait for seven seconds. */
        BUSY,
        /** Says something, and then nothing more, with the connection open. */
        STALLS
    }

    protected static final ToolSpec READ = ToolSpec.of(
            "read",
            "Reads a file.",
            Schema.Field.required("path", Schema.TEXT, "Relative to the workspace."),
            Schema.Field.optional("limit", Schema.WHOLE, ""));

    /** A model whose server plays these scenes, one for each request. */
    protected abstract ChatModel model(Scene... scenes) throws Exception;

    /** The tools and messages of every request that the server has got, in their order, as the bytes that were sent. */
    protected abstract List<List<String>> conversations();

    /** Waits until the server of {@link Scene#STALLS} has noticed that the client is gone. */
    protected abstract boolean serverSeesTheClientLeave(Duration patience) throws InterruptedException;

    protected static ChatRequest request(Message... messages) {
        return new ChatRequest(
                "You are a coding agent.",
                List.of(READ),
                List.of(messages),
                new ChatRequest.Options(
                        ThinkingLevel.MODEL_DEFAULT, OptionalDouble.of(0.3), OptionalLong.empty(), 4_096));
    }

    @Test
    protected void textComesInOrderAndInPieces() throws Exception {
        try (ChatModel model = model(Scene.HELLO)) {
            Heard heard = new Heard();
            Reply reply = model.reply(request(Message.User.of("Hi.")), heard);

            assertThat(heard.texts).hasSizeGreaterThan(1);
            assertThat(String.join("", heard.texts)).isEqualTo(HELLO);
            assertThat(reply.message().text()).isEqualTo(HELLO);
            assertThat(reply.message().finish()).isEqualTo(Finish.STOP);
        }
    }

    @Test
    protected void usageCountsTheCachedTokensIntoThePrompt() throws Exception {
        try (ChatModel model = model(Scene.HELLO)) {
            Reply reply = model.reply(request(Message.User.of("Hi.")), ReplyListener.NONE);

            assertThat(reply.usage().input()).isPositive();
            assertThat(reply.usage().output()).isEqualTo(5);
            assertThat(reply.usage().cached()).isBetween(0L, reply.usage().input());
        }
    }

    @Test
    protected void thePromptsSizeIsHeardBeforeTheFirstWord() throws Exception {
        try (ChatModel model = model(Scene.HELLO)) {
            Heard heard = new Heard();
            model.reply(request(Message.User.of("Hi.")), heard);

            assertThat(heard.order.getFirst()).isEqualTo("prefill");
        }
    }

    @Test
    protected void thinkingIsHeardAndKeptApart() throws Exception {
        try (ChatModel model = model(Scene.THINKS)) {
            Heard heard = new Heard();
            Reply reply = model.reply(request(Message.User.of("Hi.")), heard);

            assertThat(String.join("", heard.thoughts)).isEqualTo("I should greet.");
            assertThat(reply.message().thinking()).isEqualTo("I should greet.");
            assertThat(reply.message().text()).isEqualTo(HELLO);
        }
    }

    @Test
    protected void aReplyOfWhichNoMoreIsWantedEndsWithWhatWasHeard() throws Exception {
        try (ChatModel model = model(Scene.THINKS, Scene.HELLO)) {
            Heard heard = new Heard() {
                @Override
                public boolean enough() {
                    return !thoughts.isEmpty();
                }
            };
            Message.Assistant halted =
                    model.reply(request(Message.User.of("Hi.")), heard).message();
            Message.Assistant next = model.reply(request(Message.User.of("Hi.")), ReplyListener.NONE)
                    .message();

            assertThat(halted.finish()).isEqualTo(Finish.HALTED);
            assertThat(halted.thinking()).isEqualTo(String.join("", heard.thoughts));
            assertThat(halted.text()).isEmpty();
            assertThat(next.text()).isEqualTo(HELLO);
        }
    }

    @Test
    protected void aCallComesWholeAndItsResultGoesBack() throws Exception {
        try (ChatModel model = model(Scene.CALL, Scene.HELLO)) {
            Message.User question = Message.User.of("What is in Main?");
            Reply first = model.reply(request(question), ReplyListener.NONE);

            assertThat(first.message().finish()).isEqualTo(Finish.TOOL_CALLS);
            Part.ToolCall call = first.message().toolCalls().getFirst();
            assertThat(call.tool()).isEqualTo("read");
            assertThat(call.arguments().text("path")).isEqualTo("src/Main.java");
            assertThat(call.id()).isNotBlank();

            Message.ToolReply result =
                    new Message.ToolReply(call.id(), "read", new ToolResult.Done("class Main { int answer = 42; }"));
            Reply second = model.reply(request(question, first.message(), result), ReplyListener.NONE);
            assertThat(second.message().text()).isEqualTo(HELLO);
            assertThat(conversations().getLast().getLast()).contains("class Main { int answer = 42; }");
        }
    }

    @Test
    protected void aLaterRequestBeginsWithTheBytesOfTheEarlier() throws Exception {
        try (ChatModel model = model(Scene.CALL, Scene.THINKS, Scene.CALL, Scene.HELLO)) {
            List<Message> messages = new ArrayList<>(List.of(Message.User.of("What is in \"Main\"?")));
            for (int turn = 0; turn < 4; turn++) {
                Reply reply = model.reply(request(messages.toArray(Message[]::new)), ReplyListener.NONE);
                messages.add(reply.message());
                for (Part.ToolCall call : reply.message().toolCalls()) {
                    messages.add(new Message.ToolReply(
                            call.id(), call.tool(), new ToolResult.Failed("no such file: src/Main.java")));
                }
                if (reply.message().toolCalls().isEmpty()) {
                    messages.add(Message.User.fromHarness("Go on."));
                }
            }
            List<List<String>> sent = conversations();
            assertThat(sent).hasSize(4);
            for (int i = 1; i < sent.size(); i++) {
                assertThat(sent.get(i).subList(0, sent.get(i - 1).size())).isEqualTo(sent.get(i - 1));
            }
        }
    }

    @Test
    protected void idsOfCallsNeverRepeat() throws Exception {
        try (ChatModel model = model(Scene.CALL, Scene.CALL)) {
            Message.User question = Message.User.of("Read twice.");
            Reply first = model.reply(request(question), ReplyListener.NONE);
            String id = first.message().toolCalls().getFirst().id();
            Reply second = model.reply(
                    request(question, first.message(), new Message.ToolReply(id, "read", new ToolResult.Done("once"))),
                    ReplyListener.NONE);

            assertThat(second.message().toolCalls().getFirst().id()).isNotEqualTo(id);
        }
    }

    @Test
    protected void aPromptThatIsTooLongIsAnOverflow() throws Exception {
        assertThat(failure(Scene.TOO_LONG).kind()).isEqualTo(ModelException.Kind.OVERFLOW);
    }

    @Test
    protected void garbageIsABrokenStream() throws Exception {
        assertThat(failure(Scene.GARBAGE).kind()).isEqualTo(ModelException.Kind.BROKEN_STREAM);
    }

    @Test
    protected void aReplyWithoutItsEndIsABrokenStream() throws Exception {
        assertThat(failure(Scene.BREAKS_OFF).kind()).isEqualTo(ModelException.Kind.BROKEN_STREAM);
    }

    @Test
    protected void aBusyServerSaysHowLongToWait() throws Exception {
        ModelException busy = failure(Scene.BUSY);
        assertThat(busy.kind()).isEqualTo(ModelException.Kind.BUSY);
        assertThat(busy.retryable()).isTrue();
        assertThat(busy.retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    protected void interruptionClosesTheConnection() throws Exception {
        try (ChatModel model = model(Scene.STALLS)) {
            CountDownLatch firstWord = new CountDownLatch(1);
            AtomicReference<Throwable> ended = new AtomicReference<>();
            Thread asking = Thread.ofVirtual().start(() -> {
                try {
                    model.reply(request(Message.User.of("Hi.")), new ReplyListener() {
                        @Override
                        public void text(String delta) {
                            firstWord.countDown();
                        }
                    });
                } catch (ModelException | InterruptedException e) {
                    ended.set(e);
                }
            });
            assertThat(firstWord.await(30, TimeUnit.SECONDS)).isTrue();
            asking.interrupt();
            asking.join(Duration.ofSeconds(30));

            assertThat(ended.get()).isInstanceOf(InterruptedException.class);
            assertThat(serverSeesTheClientLeave(Duration.ofSeconds(30))).isTrue();
        }
    }

    private ModelException failure(Scene scene) throws Exception {
        try (ChatModel model = model(scene)) {
            return catchThrowableOfType(
                    ModelException.class, () -> model.reply(request(Message.User.of("Hi.")), ReplyListener.NONE));
        }
    }

    private static class Heard implements ReplyListener {
        final List<String> texts = new ArrayList<>();
        final List<String> thoughts = new ArrayList<>();
        private final List<String> order = new ArrayList<>();

        @Override
        public void prefill(long done, long total, long cached, double tokensPerSecond) {
            order.add("prefill");
        }

        @Override
        public void text(String delta) {
            texts.add(delta);
            order.add("text");
        }

        @Override
        public void thinking(String delta) {
            thoughts.add(delta);
            order.add("thinking");
        }
    }
}
