package dev.bantam.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Arguments;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Event;
import dev.bantam.api.Event.Outcome;
import dev.bantam.api.Finish;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.Part;
import dev.bantam.api.ToolResult;
import dev.bantam.api.TurnVerdict;
import dev.bantam.testkit.ScriptedModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactionTest {
    private static final String STORY = "## Done\nread many files\n## Next steps\nread more";

    @ParameterizedTest
    @ValueSource(ints = {2_048, 8_192, 16_384})
    void twoHundredTurnsFitASmallWindowWithoutALoopOrAnIdleEnd(int window) {
        ScriptedModel model = new ScriptedModel(window);
        Rig rig = new Rig(model)
                .echoing(arguments -> new ToolResult.Done(
                        "line of output ".repeat(40),
                        ToolResult.Effects.reading("f" + arguments.text("text") + ".txt")));
        int[] turn = {0};
        for (int i = 0; i < 1_000; i++) {
            model.does((request, listener) -> {
                assertThat(model.countTokens(request)).isLessThanOrEqualTo(window);
                if (asksForASummary(request)) {
                    return new Message.Assistant(List.of(new Part.Text(STORY)), Finish.STOP);
                }
                return ++turn[0] <= 200
                        ? call("echo", "text", String.valueOf(turn[0]))
                        : new Message.Assistant(List.of(new Part.Text("done")), Finish.STOP);
            });
        }

        Event.RunFinished finished = rig.run("Read all the files. Never touch the tests.");

        assertThat(finished.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(finished.turns()).isEqualTo(201);
        List<Event.Compacted> compactions = rig.events(Event.Compacted.class);
        assertThat(compactions).isNotEmpty().hasSizeLessThan(100);
        assertThat(compactions).allMatch(event -> event.afterTokens() <= event.beforeTokens() - window / 10);
        assertThat(model.lastRequest().messages().getFirst().text())
                .contains("Read all the files. Never touch the tests.")
                .containsPattern("f\\d+\\.txt( and \\d+ more before these)?\nchanged: none");
    }

    @ParameterizedTest
    @CsvSource({"2048,1", "2048,6", "8192,1", "8192,4", "8192,20", "16384,9", "32768,8", "32768,20"})
    void manyLargeResultsOfOneReplyFitEveryWindow(int window, int results) {
        ScriptedModel model = new ScriptedModel(window);
        Rig rig = new Rig(model)
                .system("rule ".repeat(window / 8))
                .echoing(arguments -> new ToolResult.Done("x".repeat(200_000)));
        int[] turn = {0};
        for (int i = 0; i < 60; i++) {
            model.does((request, listener) -> {
                assertThat(model.countTokens(request)).isLessThanOrEqualTo(window);
                if (asksForASummary(request)) {
                    return new Message.Assistant(List.of(new Part.Text(STORY)), Finish.STOP);
                }
                if (++turn[0] > 6) {
                    return new Message.Assistant(List.of(new Part.Text("done")), Finish.STOP);
                }
                Part[] calls = new Part[results];
                for (int k = 0; k < results; k++) {
                    calls[k] = new Part.ToolCall("", "echo", Arguments.of("text", "t"));
                }
                return new Message.Assistant(List.of(calls), Finish.TOOL_CALLS);
            });
        }

        assertThat(rig.run("go"))
                .satisfies(finished ->
                        assertThat(finished.outcome()).as(finished.reason()).isEqualTo(Outcome.COMPLETED));
    }

    @Test
    void aTurnThatBeganWithACompactionIsStillRolledBackWhole() {
        ScriptedModel model = new ScriptedModel(8_192);
        boolean[] rolledBack = {false};
        Rig rig = new Rig(model).echoing(arguments -> new ToolResult.Done("x".repeat(6_000)));
        rig.with(new Hooks() {
            @Override
            public TurnVerdict judgeTurn(Turn turn) {
                assertThat(turn.results()).hasSize(turn.reply().toolCalls().size());
                if (!rig.events(Event.Compacted.class).isEmpty() && !rolledBack[0]) {
                    rolledBack[0] = true;
                    return new TurnVerdict.RollBack("try again", "test");
                }
                return TurnVerdict.NO_OPINION;
            }
        });
        for (int i = 0; i < 40; i++) {
            model.does((request, listener) -> asksForASummary(request)
                    ? new Message.Assistant(List.of(new Part.Text(STORY)), Finish.STOP)
                    : rolledBack[0]
                            ? new Message.Assistant(List.of(new Part.Text("done")), Finish.STOP)
                            : call("echo", "text", "more"));
        }

        rig.run("go");

        List<Message> messages = model.lastRequest().messages();
        assertThat(messages.getLast().text()).isEqualTo("try again");
        assertThat(messages.get(messages.size() - 2)).isInstanceOf(Message.ToolReply.class);
        assertThat(messages.get(messages.size() - 3)).isInstanceOf(Message.Assistant.class);
    }

    @Test
    void carriesWhatTheModelSaidAndKeepsTheTailWordForWord() {
        ScriptedModel model = new ScriptedModel(8_192);
        Rig rig = new Rig(model).echoing(arguments -> new ToolResult.Done("x".repeat(6_000)));
        for (int i = 0; i < 40; i++) {
            model.does((request, listener) -> asksForASummary(request)
                    ? new Message.Assistant(List.of(new Part.Text(STORY)), Finish.STOP)
                    : rig.events(Event.Compacted.class).isEmpty()
                            ? call("echo", "text", "more")
                            : new Message.Assistant(List.of(new Part.Text("done")), Finish.STOP));
        }

        rig.run("go");

        List<Message> messages = model.lastRequest().messages();
        assertThat(messages.getFirst().text()).contains("read many files", "## Goal and constraints", "go");
        assertThat(messages.getLast().text()).isEqualTo("x".repeat(6_000));
        assertThat(messages.get(messages.size() - 2)).isInstanceOf(Message.Assistant.class);
    }

    @Test
    void keepsWhatExtensionsCarryWordForWord() throws Exception {
        ScriptedModel model = new ScriptedModel(8_192);
        Rig rig = new Rig(model).with(new Hooks() {
            @Override
            public List<Carried> carried() {
                return List.of(new Carried("Evidence", "E1: the port is 8080"));
            }
        });
        for (int turn = 0; turn < 12; turn++) {
            model.calls("echo", "text", "x".repeat(1_500));
        }
        model.says("Done.").says("A summary.");
        rig.run("Find the port.");

        assertThat(rig.agent().compact()).isTrue();

        assertThat(rig.agent().nextRequest().messages().getFirst().text())
                .contains("## Evidence\nE1: the port is 8080");
    }

    @Test
    void aModelThatCannotSumUpLosesNoFacts() {
        ScriptedModel model = new ScriptedModel(8_192);
        Rig rig = new Rig(model).echoing(arguments -> new ToolResult.Done("x".repeat(6_000)));
        for (int i = 0; i < 40; i++) {
            model.does((request, listener) -> {
                if (asksForASummary(request)) {
                    throw new ModelException(ModelException.Kind.SERVER, "no");
                }
                return rig.events(Event.Compacted.class).isEmpty()
                        ? call("echo", "text", "more")
                        : new Message.Assistant(List.of(new Part.Text("done")), Finish.STOP);
            });
        }

        assertThat(rig.run("keep the licence").outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(model.lastRequest().messages().getFirst().text()).contains("keep the licence");
    }

    @Test
    void compactsOnceAndAsksAgainWhenTheServerSaysThatThePromptIsTooLong() {
        ScriptedModel model = new ScriptedModel(32_768);
        Rig rig = new Rig(model).echoing(arguments -> new ToolResult.Done("x".repeat(20_000)));
        model.calls("echo", "text", "1")
                .calls("echo", "text", "2")
                .calls("echo", "text", "3")
                .calls("echo", "text", "4")
                .fails(new ModelException(ModelException.Kind.OVERFLOW, "exceeds the available context size"))
                .says(STORY)
                .says("done");

        Event.RunFinished finished = rig.run("go");

        assertThat(finished.answer()).isEqualTo("done");
        assertThat(rig.events(Event.Compacted.class)).hasSize(1);
    }

    @Test
    void aPromptThatCannotFitStopsWithTheNumbersAndDoesNotBlockTheNext() {
        ScriptedModel model = new ScriptedModel(4_096).says("hello");
        Rig rig = new Rig(model);

        Event.RunFinished finished = rig.run("x".repeat(2_000_000));

        assertThat(finished.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(finished.reason()).contains("4096 tokens is full", "system prompt", "tools", "conversation");
        assertThat(rig.run("hi").answer()).isEqualTo("hello");
    }

    @Test
    void aSystemPromptThatFillsTheWindowIsNamed() {
        Rig rig = new Rig(new ScriptedModel(1_024)).system("rule ".repeat(900));

        assertThat(rig.run("hi").reason()).contains("system prompt 1125");
    }

    private static boolean asksForASummary(ChatRequest request) {
        return request.messages().getLast().text().contains("will be replaced by your summary");
    }

    private static Message.Assistant call(String tool, Object... arguments) {
        return new Message.Assistant(List.of(new Part.ToolCall("", tool, Arguments.of(arguments))), Finish.TOOL_CALLS);
    }
}
