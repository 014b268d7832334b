package dev.bantam.model.local;

import dev.bantam.engine.Constraint;
import dev.bantam.engine.Generation;
import dev.bantam.engine.RepetitionWatch;
import dev.bantam.engine.Sampler;
import dev.bantam.engine.Steering;
import dev.bantam.engine.TextStream;
import dev.bantam.engine.ThinkingBudget;
import dev.bantam.engine.Tokenizer;
import dev.bantam.model.local.chat.ChatFormat;
import dev.bantam.model.local.chat.ReplyReader;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Steers one reply: reads it as it comes, closes thinking at its budget, holds each call to its grammar from the moment it
 * is opened, and stops a reply that goes round in a circle.
 */
final class ReplySteering implements Steering {
    private final Tokenizer tokenizer;
    private final ChatFormat format;
    private final ReplyReader reader;
    private final Optional<Supplier<Constraint>> grammar;
    private final Optional<ThinkingBudget> budget;
    private final TextStream decoder;
    private final RepetitionWatch text = RepetitionWatch.usual();
    private final RepetitionWatch call = new RepetitionWatch(1_024, 12); // data may well repeat itself
    private final StringBuilder heard = new StringBuilder(); // since the last call was opened
    private Optional<Constraint> held = Optional.empty();
    private ReplyReader.State state;
    private final BooleanSupplier enough;
    private int repeated;
    private boolean halted;

    /**
     * @param reader of the reply; what a reply that is taken up began with has been added
     * @param grammar opens what a call is held to; empty leaves calls free
     * @param budget of thinking; empty leaves it to the model
     * @param enough whether no more of the reply is wanted
     */
    ReplySteering(
            Tokenizer tokenizer,
            ChatFormat format,
            ReplyReader reader,
            Optional<Supplier<Constraint>> grammar,
            Optional<ThinkingBudget> budget,
            BooleanSupplier enough) {
        this.enough = enough;
        this.tokenizer = tokenizer;
        this.format = format;
        this.reader = reader;
        this.grammar = grammar;
        this.budget = budget;
        this.decoder = new TextStream(tokenizer);
        this.state = ReplyReader.State.TEXT;
    }

    /** A reply that is taken up may begin inside a call. */
    @Override
    public Next atStart() {
        return opened() ? hold("") : Next.GO;
    }

    @Override
    public Next after(Sampler.Choice choice) {
        String piece = decoder.add(choice.token());
        heard.append(piece);
        reader.add(piece);
        if (!piece.isEmpty() && enough.getAsBoolean()) {
            halted = true;
            return new Next.Stop(Generation.Finish.END);
        }
        boolean opened = opened();
        OptionalInt circle = (state == ReplyReader.State.CALL ? call : text).add(choice.token());
        if (circle.isPresent()) {
            repeated = circle.getAsInt();
            return new Next.Stop(Generation.Finish.LOOP);
        }
        if (held.isPresent() && held.get().complete()) {
            held = Optional.empty();
            return format.callEndsReply() ? new Next.Stop(Generation.Finish.END) : Next.GO;
        }
        if (opened) {
            return hold(begun());
        }
        return budget.flatMap(limit -> limit.after(piece, state == ReplyReader.State.THINKING))
                .<Next>map(Next.Insert::new)
                .orElse(Next.GO);
    }

    private boolean opened() {
        ReplyReader.State before = state;
        state = reader.state();
        return state == ReplyReader.State.CALL && before != ReplyReader.State.CALL;
    }

    /** What came of a call that was just opened, after its marks. */
    private String begun() {
        String marks = format.callOpening();
        int at = marks.isEmpty() ? heard.indexOf("{") : heard.lastIndexOf(marks);
        return at < 0 ? "" : heard.substring(at + marks.length());
    }

    /**
     * Holds the call that was just opened.
     *
     * @param begun what of it came in the same token as its opening; where that does not fit, the call stays free
     */
    private Next hold(String begun) {
        if (grammar.isEmpty()) {
            return Next.GO;
        }
        Constraint constraint = grammar.get().get();
        for (int token : tokenizer.encode(begun, true)) {
            if (!constraint.allowed().contains(token)) {
                return Next.GO;
            }
            constraint.accept(token);
        }
        held = Optional.of(constraint);
        return new Next.Hold(constraint);
    }

    /** Ends the reading: what a cut character left is told. */
    void finish() {
        reader.add(decoder.finish());
    }

    /** Whether the rest was not wanted. */
    boolean halted() {
        return halted;
    }

    /** How many of the last tokens only repeat what came before. */
    int repeated() {
        return repeated;
    }
}
