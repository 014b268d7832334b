package dev.bantam.model.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Part;
import dev.bantam.api.ReplyListener;
import dev.bantam.engine.Constraint;
import dev.bantam.engine.Engine;
import dev.bantam.engine.EngineOptions;
import dev.bantam.engine.Generation;
import dev.bantam.engine.Model;
import dev.bantam.engine.Sampler;
import dev.bantam.engine.Steering;
import dev.bantam.engine.ThinkingBudget;
import dev.bantam.engine.Tokenizer;
import dev.bantam.engine.grammar.Bindings;
import dev.bantam.engine.grammar.CallGrammar;
import dev.bantam.engine.grammar.CallSyntax;
import dev.bantam.engine.grammar.ToolShape;
import dev.bantam.model.local.chat.ChatFormat;
import dev.bantam.model.local.chat.ChatFormats;
import dev.bantam.model.local.chat.ReplyReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feeds replies by hand, as if a model had chosen their tokens. */
class ReplySteeringTest {
    private boolean enough;

    @TempDir
    Path folder;

    private Model model;
    private Tokenizer tokenizer;
    private ChatFormat format;
    private ReplyReader reader;
    private Optional<Constraint> held = Optional.empty();

    @BeforeEach
    void open() throws Exception {
        model = Engine.open(Box.file(folder), EngineOptions.defaults());
        tokenizer = model.tokenizer();
        format = ChatFormats.of(model);
        reader = format.reader(List.of(), ReplyListener.NONE, "call-", false);
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void thinkingIsClosedAtTheEndOfTheLineThatReachesItsBudget() {
        int[] closing = tokenizer.encode("</think>\n\n", true);
        ReplySteering steering = steering(false, Optional.of(new ThinkingBudget(6, 40, closing)));
        List<Steering.Next> answers = feed(steering, "<think>\nOne two three four five six\nseven");
        assertThat(answers).filteredOn(Steering.Next.Insert.class::isInstance).hasSize(1);
        int at = answers.indexOf(answers.stream()
                .filter(Steering.Next.Insert.class::isInstance)
                .findFirst()
                .orElseThrow());
        int[] fed = tokenizer.encode("<think>\nOne two three four five six\nseven", true);
        assertThat(tokenizer.decode(Arrays.copyOf(fed, at + 1))).endsWith("six\n");
    }

    @Test
    void whatIsNotThoughtCostsNoBudget() {
        ReplySteering steering =
                steering(false, Optional.of(new ThinkingBudget(3, 0, tokenizer.encode("</think>", true))));
        assertThat(feed(steering, "A long answer without any thinking in it.\nAnd more.\n"))
                .containsOnly(Steering.Next.GO);
    }

    @Test
    void everyCallIsHeldFromItsOpeningOn() {
        ReplySteering steering = steering(true, Optional.empty());
        String call = "<tool_call>\n{\"name\": \"look\", \"arguments\": {\"path\": \"a\"}}\n</tool_call>";
        List<Steering.Next> answers = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            for (int token : tokenizer.encode(call, true)) {
                held.ifPresent(constraint -> constraint.accept(token)); // as the generation does before it tells
                Steering.Next next = steering.after(new Sampler.Choice(token, 0, 0));
                answers.add(next);
                held = next instanceof Steering.Next.Hold hold
                        ? Optional.of(hold.constraint())
                        : held.filter(constraint -> !constraint.complete());
            }
        }
        assertThat(answers).filteredOn(Steering.Next.Hold.class::isInstance).hasSize(2);
        assertThat(reader.finish()).filteredOn(Part.ToolCall.class::isInstance).hasSize(2);
    }

    @Test
    void aReplyThatGoesRoundInACircleIsStopped() {
        ReplySteering steering = steering(false, Optional.empty());
        List<Steering.Next> answers = feed(steering, "I will look at the file again. ".repeat(60));
        Steering.Next stop = answers.stream()
                .filter(Steering.Next.Stop.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(stop).isEqualTo(new Steering.Next.Stop(Generation.Finish.LOOP));
        assertThat(steering.repeated()).isPositive();
    }

    @Test
    void dataInACallMayRepeatItself() {
        ReplySteering steering = steering(false, Optional.empty());
        String call = "<tool_call>\n{\"name\": \"write\", \"arguments\": {\"path\": \"a\", \"content\": \""
                + "0, ".repeat(200) + "\"}}\n</tool_call>";
        assertThat(feed(steering, call)).containsOnly(Steering.Next.GO);
    }

    @Test
    void aReplyThatIsNotWantedAnyMoreEndsAtOnce() {
        ReplySteering steering = steering(false, Optional.empty());
        feed(steering, "I think and think ");
        enough = true;

        assertThat(feed(steering, "and")).contains(new Steering.Next.Stop(Generation.Finish.END));
        assertThat(steering.halted()).isTrue();
    }

    private ReplySteering steering(boolean masked, Optional<ThinkingBudget> budget) {
        Map<String, Object> schema = Map.of(
                "type", "object", "properties", Map.of("path", Map.of("type", "string")), "required", List.of("path"));
        CallGrammar grammar = CallGrammar.compile(CallSyntax.HERMES, List.of(new ToolShape("look", schema)), tokenizer);
        return new ReplySteering(
                tokenizer,
                format,
                reader,
                masked ? Optional.of(() -> grammar.open(Bindings.NONE)) : Optional.empty(),
                budget,
                () -> enough);
    }

    private List<Steering.Next> feed(ReplySteering steering, String text) {
        List<Steering.Next> answers = new ArrayList<>();
        for (int token : tokenizer.encode(text, true)) {
            answers.add(steering.after(new Sampler.Choice(token, 0, 0)));
        }
        return answers;
    }
}
