package dev.bantam.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Arguments;
import dev.bantam.api.CallVerdict;
import dev.bantam.api.Capabilities;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TurnLoopTest {
    private final ScriptedModel model = new ScriptedModel();
    private final Rig rig = new Rig(model);

    @Test
    void runsToolsUntilTheModelEndsItsTurn() {
        model.calls("echo", "text", "one").calls("poke").says("All done.");

        Event.RunFinished finished = rig.run("Do it.");

        assertThat(finished.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(finished.answer()).isEqualTo("All done.");
        assertThat(finished.turns()).isEqualTo(3);
        assertThat(model.lastRequest().messages())
                .extracting(Message::text)
                .containsExactly("Do it.", "", "echo {text=one}", "", "echo {}");
    }

    @Test
    void mapsOtherNamesOfToolsAndArgumentsVisibly() {
        model.calls("Say", "message", "hi").says("ok");

        rig.run("go");

        assertThat(rig.echoed).containsExactly(Arguments.of("text", "hi"));
        assertThat(rig.events(Event.Decided.class))
                .extracting(Event.Decided::reason)
                .containsExactly("tool Say taken as echo", "argument message of echo taken as text");
    }

    @Test
    void answersAnUnknownToolWithTheNearestName() {
        model.calls("ecoh", "text", "hi").says("ok");

        rig.run("go");

        assertThat(rig.echoed).isEmpty();
        assertThat(lastResult()).isInstanceOf(ToolResult.Refused.class);
        assertThat(lastResult().content()).contains("Did you mean echo?", "echo, poke");
    }

    @Test
    void answersWrongArgumentsWithTheFaultAndTheSignature() {
        model.calls("echo", "text", 5)
                .calls("echo")
                .calls("echo", "text", "x", "loud", true)
                .says("ok");

        rig.run("go");

        assertThat(rig.echoed).isEmpty();
        assertThat(rig.events(Event.ToolFinished.class))
                .extracting(event -> event.result().content())
                .containsExactly(
                        "echo refused: text must be a string, not 5. Nothing was done. Call it again as echo{text: string}.",
                        "echo refused: the argument text is missing. Nothing was done. Call it again as echo{text: string}.",
                        "echo refused: there is no argument loud. Nothing was done. Call it again as echo{text: string}.");
    }

    @Test
    void neverExecutesAReplyThatWasCut() {
        Part.ToolCall call = new Part.ToolCall("c", "poke", Arguments.NONE);
        model.answers(new Message.Assistant(List.of(call), Finish.LENGTH)).says("smaller now");

        Event.RunFinished finished = rig.run("go");

        assertThat(rig.echoed).isEmpty();
        assertThat(finished.answer()).isEqualTo("smaller now");
        assertThat(model.lastRequest().messages().getLast().text()).contains("cut off by the length limit of 4096");
        assertThat(model.lastRequest().messages()).noneMatch(Message.Assistant.class::isInstance);
    }

    @Test
    void givesEveryCallOfAReplyItsOwnId() {
        Part.ToolCall first = new Part.ToolCall("same", "echo", Arguments.of("text", "a"));
        Part.ToolCall second = new Part.ToolCall("same", "echo", Arguments.of("text", "b"));
        model.answers(new Message.Assistant(List.of(first, second), Finish.TOOL_CALLS))
                .says("ok");

        rig.run("go");

        assertThat(rig.events(Event.ToolFinished.class))
                .extracting(Event.ToolFinished::callId)
                .containsExactly("same", "same-2");
    }

    @Test
    void deliversSteeringBeforeTheNextRequest() {
        model.does((request, listener) -> {
                    rig.agent().inbox().steer("and mind the gap");
                    return call("echo", "text", "one");
                })
                .says("minded");

        rig.run("go");

        assertThat(model.lastRequest().messages().getLast().text()).isEqualTo("and mind the gap");
    }

    @Test
    void steeringThatArrivesWithTheLastReplyKeepsTheRunGoing() {
        model.does((request, listener) -> {
                    rig.agent().inbox().steer("wait");
                    return new Message.Assistant(List.of(new Part.Text("done")), Finish.STOP);
                })
                .says("really done");

        assertThat(rig.run("go").answer()).isEqualTo("really done");
    }

    @Test
    void goesOnWithWhatWasQueuedWhenTheRunWouldEnd() {
        rig.agent().inbox().queue("now the second thing");
        model.says("first done").says("second done");

        Event.RunFinished finished = rig.run("the first thing");

        assertThat(finished.answer()).isEqualTo("second done");
        assertThat(model.lastRequest().messages().getLast().text()).isEqualTo("now the second thing");
    }

    @Test
    void asksAgainAfterARetryableErrorAndHonoursRetryAfter() {
        model.fails(new ModelException(ModelException.Kind.SERVER, "500"))
                .fails(new ModelException(ModelException.Kind.BUSY, "429", Optional.of(Duration.ofSeconds(7)), null))
                .says("at last");

        assertThat(rig.run("go").outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(7));
        assertThat(rig.events(Event.Decided.class))
                .extracting(Event.Decided::verdict)
                .containsExactly("retry", "retry");
    }

    @Test
    void doesNotAskAgainWhenThatCannotHelp() {
        model.fails(new ModelException(ModelException.Kind.AUTHENTICATION, "set OPENAI_API_KEY"));

        Event.RunFinished finished = rig.run("go");

        assertThat(finished.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(finished.reason()).isEqualTo("set OPENAI_API_KEY");
        assertThat(rig.pauses).isEmpty();
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        for (int i = 0; i < 4; i++) {
            model.fails(new ModelException(ModelException.Kind.BROKEN_STREAM, "broken"));
        }

        assertThat(rig.run("go").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(model.requests()).hasSize(4);
    }

    @Test
    void cancelsInTheMiddleOfAReplyAndGoesOnWithTheNextPrompt() throws InterruptedException {
        CountDownLatch streaming = new CountDownLatch(1);
        model.does((request, listener) -> {
                    listener.text("half a");
                    streaming.countDown();
                    Thread.sleep(60_000);
                    throw new AssertionError("not cancelled");
                })
                .says("fine");
        AtomicReference<Event.RunFinished> finished = new AtomicReference<>();
        rig.agent();
        Thread session = Thread.ofVirtual().start(() -> finished.set(rig.run("go")));
        assertThat(streaming.await(10, TimeUnit.SECONDS)).isTrue();

        session.interrupt();
        session.join(Duration.ofSeconds(10));

        assertThat(finished.get().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(rig.run("again").outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void aCancelledCallStillHasAResult() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        rig.echoing(arguments -> {
            running.countDown();
            throw sneaky(new InterruptedException());
        });
        model.calls("poke").says("never");

        Event.RunFinished finished = rig.run("go");

        assertThat(finished.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(lastResult().content()).contains("cancelled by the user");
    }

    @Test
    void aToolThatThrowsIsAFailureForTheModel() {
        rig.echoing(arguments -> {
            throw new IllegalStateException("the disk is on fire");
        });
        model.calls("poke").says("oh");

        rig.run("go");

        assertThat(lastResult()).isEqualTo(new ToolResult.Failed("poke failed: the disk is on fire"));
    }

    @Test
    void theFirstRefusalWinsAndReachesTheModelAsRefused() {
        rig.with(new Hooks() {
                    @Override
                    public CallVerdict judgeCall(Part.ToolCall call) {
                        return new CallVerdict.Refuse("no: use echo", "policy");
                    }
                })
                .with(failing());
        model.calls("poke").says("ok");

        rig.run("go");

        assertThat(rig.echoed).isEmpty();
        assertThat(lastResult()).isEqualTo(new ToolResult.Refused("no: use echo"));
    }

    @Test
    void anExtensionThatFailsAsAJudgeRefusesTheCall() {
        rig.with(failing());
        model.calls("poke").says("ok");

        rig.run("go");

        assertThat(rig.echoed).isEmpty();
        assertThat(lastResult().content()).contains("the extension ext-1 that guards this call failed");
    }

    @Test
    void theStrongestVerdictOnATurnWins() {
        rig.with(judging(new TurnVerdict.Nudge("think", "n"))).with(judging(new TurnVerdict.Stop("enough")));
        model.says("hello");

        Event.RunFinished finished = rig.run("go");

        assertThat(finished.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(finished.reason()).isEqualTo("enough");
    }

    @Test
    void nudgesOfSeveralExtensionsReachTheModelTogetherBeforeTheNextRequest() {
        rig.with(judgingOnce(new TurnVerdict.Nudge("first", "a")))
                .with(judgingOnce(new TurnVerdict.Nudge("second", "b")));
        model.says("I will do it").says("done");

        rig.run("go");

        assertThat(model.lastRequest().messages().getLast().text()).isEqualTo("first\n\nsecond");
    }

    @Test
    void aTurnThatOnlyAnnouncedSomethingIsTakenUpWhereTheModelCanBeHeldToIt() {
        rig.with(judgingOnce(new TurnVerdict.TakeUp("call it", "it only announced")));
        Message.Assistant whole = new Message.Assistant(
                List.of(
                        new Part.Text("Now I poke."),
                        new Part.ToolCall("call-1", "poke", dev.bantam.api.Arguments.of())),
                Finish.TOOL_CALLS);
        model.able(new Capabilities(true, true, true, true, true, true, false, true))
                .says("Now I poke.")
                .answers(whole)
                .says("done");

        rig.run("go");

        assertThat(model.requests().get(1).purpose()).isEqualTo(ChatRequest.Purpose.TAKE_UP);
        assertThat(model.requests().get(1).messages()).extracting(Message::text).containsExactly("go", "Now I poke.");
        assertThat(model.lastRequest().purpose()).isEqualTo(ChatRequest.Purpose.REPLY);
        assertThat(model.lastRequest().messages())
                .extracting(Message::text)
                .startsWith("go", "Now I poke.")
                .hasSize(3);
        assertThat(rig.echoed).hasSize(1);
    }

    @Test
    void aModelThatCannotBeHeldToItIsNudged() {
        rig.with(judgingOnce(new TurnVerdict.TakeUp("call it", "it only announced")));
        model.says("Now I poke.").says("done");

        rig.run("go");

        assertThat(model.lastRequest().purpose()).isEqualTo(ChatRequest.Purpose.REPLY);
        assertThat(model.lastRequest().messages().getLast().text()).isEqualTo("call it");
    }

    @Test
    void whatAPersonSaysMeanwhileGoesBeforeTakingUp() {
        rig.with(judgingOnce(new TurnVerdict.TakeUp("call it", "it only announced")));
        model.able(new Capabilities(true, true, true, true, true, true, false, true))
                .does((request, listener) -> {
                    rig.agent().inbox().steer("wait");
                    return new Message.Assistant(List.of(new Part.Text("Now I poke.")), Finish.STOP);
                })
                .says("waiting");

        rig.run("go");

        assertThat(model.lastRequest().purpose()).isEqualTo(ChatRequest.Purpose.REPLY);
        assertThat(model.lastRequest().messages().getLast().text()).isEqualTo("wait");
    }

    @Test
    void aTurnThatIsRolledBackLeavesTheConversation() {
        rig.with(judgingOnce(new TurnVerdict.RollBack("try poke", "loop")));
        model.calls("echo", "text", "again").says("done");

        rig.run("go");

        assertThat(model.lastRequest().messages()).extracting(Message::text).containsExactly("go", "try poke");
    }

    @Test
    void guidanceStaysInTheConversationOnceItWasRead() {
        rig.with(new Hooks() {
            @Override
            public List<Guidance> guide(List<Message> conversation) {
                return conversation.size() == 1 ? List.of(new Guidance("a card", "first turn")) : List.of();
            }
        });
        model.calls("poke").says("done");

        rig.run("go");

        assertThat(model.lastRequest().messages().subList(0, 2))
                .extracting(Message::text)
                .containsExactly("go", "a card");
    }

    @Test
    void everyRequestExtendsTheOneBefore() {
        for (int i = 0; i < 10; i++) {
            model.calls(i % 2 == 0 ? "poke" : "nope");
        }
        model.says("done");

        rig.run("go");

        for (int i = 1; i < model.requests().size(); i++) {
            List<Message> before = model.requests().get(i - 1).messages();
            assertThat(model.requests().get(i).messages().subList(0, before.size()))
                    .isEqualTo(before);
        }
    }

    @Test
    void aRetryStreamsOnlyWhatIsNew() {
        model.does((request, listener) -> {
                    listener.text("Hello wor");
                    throw new ModelException(ModelException.Kind.BROKEN_STREAM, "broke");
                })
                .does((request, listener) -> {
                    listener.text("Hello ");
                    listener.text("world");
                    return new Message.Assistant(List.of(new Part.Text("Hello world")), Finish.STOP);
                });

        rig.run("go");

        assertThat(rig.events(Event.TextStreamed.class))
                .extracting(Event.TextStreamed::text)
                .containsExactly("Hello wor", "ld");
    }

    @Test
    void aRunEndsThoughEveryReplyIsCutAndNoCapIsSet() {
        for (int i = 0; i < 40; i++) {
            model.answers(new Message.Assistant(List.of(new Part.Text("blah")), Finish.LENGTH));
        }

        Event.RunFinished finished = rig.run("go");

        assertThat(finished.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(finished.reason()).contains("8 replies in a row");
    }

    @Test
    void anEmptyReplyIsAskedAboutAndNotTakenForTheEnd() {
        Message.Assistant nothing = new Message.Assistant(List.of(), Finish.STOP);
        model.answers(nothing).says("done");

        Event.RunFinished finished = rig.run("go");

        assertThat(finished.answer()).isEqualTo("done");
        assertThat(model.lastRequest().messages().getLast().text()).startsWith("Your last reply was empty.");
    }

    @Test
    void aModelThatSaysNothingAtAllHasFailed() {
        Message.Assistant nothing = new Message.Assistant(List.of(new Part.Thinking("hm")), Finish.STOP);
        model.answers(nothing).answers(nothing).answers(nothing);

        assertThat(rig.run("go").outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void theRoomForARepliesHalvesAfterTheSecondCutAndIsWholeAgainAfterAGoodOne() {
        Message.Assistant cut = new Message.Assistant(List.of(new Part.Text("blah")), Finish.LENGTH);
        model.answers(cut).answers(cut).answers(cut).calls("poke").says("done");

        rig.run("go");

        assertThat(model.requests())
                .extracting(request -> request.options().maxOutputTokens())
                .containsExactly(4_096, 4_096, 2_048, 1_024, 4_096);
    }

    @Test
    void aFaultInsideTheProgramStillEndsTheRunAndAnswersEveryCall() {
        rig.with(new Hooks() {
            @Override
            public Optional<ToolResult> rewriteResult(Part.ToolCall call, ToolResult result) {
                return null; // not allowed
            }

            @Override
            public void onEvent(Event event) {
                if (event instanceof Event.ToolStarted) {
                    throw new NoSuchMethodError("made for another version");
                }
            }
        });
        rig.echoing(arguments -> {
            throw new NoSuchMethodError("gone");
        });
        model.calls("poke").calls("poke").says("done");

        Event.RunFinished finished = rig.run("go");

        assertThat(finished.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(lastResult().content()).isEqualTo("poke failed: gone");
        assertThat(rig.events(Event.Decided.class))
                .filteredOn(decided -> decided.kind().equals("event"))
                .hasSize(1);
    }

    @Test
    void aModelThatThrowsSomethingUnforeseenFailsTheRun() {
        model.does((request, listener) -> {
            throw new IllegalStateException("the weights are gone");
        });

        Event.RunFinished finished = rig.run("go");

        assertThat(finished.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(finished.reason()).isEqualTo("the weights are gone");
    }

    @Test
    void steeringThatCameWithAPromptThatNeverFittedIsNotLost() {
        ScriptedModel small = new ScriptedModel(4_096).says("ok");
        Rig other = new Rig(small);
        other.agent().inbox().steer("be brief");

        assertThat(other.run("x".repeat(100_000)).outcome()).isEqualTo(Outcome.STOPPED);
        other.run("hi");

        assertThat(small.lastRequest().messages()).extracting(Message::text).containsExactly("hi", "be brief");
    }

    @Test
    void anArgumentThatOnlyExplainsCostsNoTurn() {
        model.calls("echo", "text", "a", "description", "echoes").says("ok");

        rig.run("go");

        assertThat(rig.echoed).containsExactly(Arguments.of("text", "a"));
    }

    @Test
    void anArgumentThatIsGivenTwiceIsRefused() {
        model.calls("echo", "text", "a", "message", "b").says("ok");

        rig.run("go");

        assertThat(rig.echoed).isEmpty();
        assertThat(lastResult().content()).contains("there is no argument message beside text");
    }

    private ToolResult lastResult() {
        return rig.events(Event.ToolFinished.class).getLast().result();
    }

    private static Message.Assistant call(String tool, Object... arguments) {
        return new Message.Assistant(List.of(new Part.ToolCall("x", tool, Arguments.of(arguments))), Finish.TOOL_CALLS);
    }

    private static Hooks judging(TurnVerdict verdict) {
        return new Hooks() {
            @Override
            public TurnVerdict judgeTurn(Turn turn) {
                return verdict;
            }
        };
    }

    private static Hooks judgingOnce(TurnVerdict verdict) {
        return new Hooks() {
            @Override
            public TurnVerdict judgeTurn(Turn turn) {
                return turn.number() == 1 ? verdict : TurnVerdict.NO_OPINION;
            }
        };
    }

    private static Hooks failing() {
        return new Hooks() {
            @Override
            public CallVerdict judgeCall(Part.ToolCall call) {
                throw new IllegalStateException("bug");
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException sneaky(Throwable throwable) throws E {
        throw (E) throwable;
    }
}
