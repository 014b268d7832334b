package dev.bantam.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Arguments;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Event;
import dev.bantam.api.Finish;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.testkit.ScriptedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What hooks change in a session. */
class HooksTest {
    private final ScriptedModel model = new ScriptedModel();
    private final Rig rig = new Rig(model);

    @Test
    void aReplyOfWhichNoMoreIsWantedIsSetAsideAndTheModelIsToldWhy() {
        rig.with(new Hooks() {
            @Override
            public Optional<Halt> watchReply(Streaming soFar) {
                return soFar.thinking().length() > 20
                        ? Optional.of(new Halt("You thought enough. Act now.", "too long"))
                        : Optional.empty();
            }
        });
        model.answers(new Message.Assistant(List.of(new Part.Thinking("I wonder ".repeat(40))), Finish.STOP))
                .says("Done.");

        rig.run("Go.");

        assertThat(model.requests()).hasSize(2);
        assertThat(model.lastRequest().messages())
                .extracting(Message::text)
                .containsExactly("Go.", "You thought enough. Act now.");
        assertThat(rig.events(Event.Decided.class))
                .extracting(Event.Decided::verdict)
                .containsExactly("halted");
    }

    @Test
    void optionsHoldForOneRequestOnly() {
        List<Integer> asked = new ArrayList<>();
        rig.with(new Hooks() {
            @Override
            public Optional<ChatRequest.Options> shapeOptions(ChatRequest.Options options) {
                asked.add(options.maxOutputTokens());
                return asked.size() > 1
                        ? Optional.empty()
                        : Optional.of(new ChatRequest.Options(
                                ThinkingLevel.OFF, options.temperature(), options.seed(), 1_000_000));
            }
        });
        model.calls("echo", "text", "a").says("Done.");

        rig.run("Go.");

        ChatRequest.Options first = model.requests().getFirst().options();
        assertThat(first.thinking()).isEqualTo(ThinkingLevel.OFF);
        assertThat(first.maxOutputTokens()).isEqualTo(asked.getFirst());
        assertThat(model.lastRequest().options().thinking()).isNotEqualTo(ThinkingLevel.OFF);
    }

    @Test
    void whatAPersonSaysIsRewrittenBeforeAnybodyReadsIt() {
        rig.with(new Hooks() {
            @Override
            public Optional<String> rewritePrompt(String text) {
                return text.contains("secret") ? Optional.of(text.replace("secret", "…")) : Optional.empty();
            }
        });
        model.says("Done.");

        rig.run("The secret is out.");

        assertThat(model.lastRequest().messages().getFirst().text()).isEqualTo("The … is out.");
    }

    @Test
    void aCallRunsWithWhatItWasPreparedWithAndTheConversationKeepsWhatWasSaid() {
        rig.with(new Hooks() {
            @Override
            public Optional<Part.ToolCall> prepareCall(Part.ToolCall call) {
                return Optional.of(new Part.ToolCall(call.id(), call.tool(), Arguments.of("text", "prepared")));
            }
        });
        model.calls("echo", "text", "said").says("Done.");

        rig.run("Go.");

        assertThat(rig.echoed).containsExactly(Arguments.of("text", "prepared"));
        Message.Assistant said =
                (Message.Assistant) model.lastRequest().messages().get(1);
        assertThat(said.toolCalls().getFirst().arguments()).isEqualTo(Arguments.of("text", "said"));
    }

    @Test
    void aCallIsRefusedWhenItsPreparationFails() {
        rig.with(new Hooks() {
            @Override
            public Optional<Part.ToolCall> prepareCall(Part.ToolCall call) {
                throw new IllegalStateException("no");
            }
        });
        model.calls("echo", "text", "said").says("Done.");

        rig.run("Go.");

        assertThat(rig.echoed).isEmpty();
        assertThat(model.lastRequest().messages().getLast().text()).contains("echo refused");
    }

    @Test
    void hooksAreClosedWithTheSessionLastFirst() {
        List<String> closed = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            rig.with(new Hooks() {
                @Override
                public void close() {
                    closed.add(name);
                    throw new IllegalStateException("told, and no more");
                }
            });
        }
        model.says("Done.");
        rig.run("Go.");

        rig.agent().close();

        assertThat(closed).containsExactly("b", "a");
    }
}
