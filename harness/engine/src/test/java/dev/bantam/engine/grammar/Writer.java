package dev.bantam.engine.grammar;

import dev.bantam.engine.Constraint;
import dev.bantam.engine.TokenSet;
import dev.bantam.engine.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Stands for a model with random weights: takes any token that is allowed, and after a while those that lead to the end. */
final class Writer {
    private final Tokenizer tokenizer;
    private final Random random;

    Writer(Tokenizer tokenizer, long seed) {
        this.tokenizer = tokenizer;
        this.random = new Random(seed);
    }

    /** Writes until the constraint is complete; what was written, with the texts of marks. */
    String write(Constraint constraint) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int patience = random.nextInt(60);
        for (int count = 0; !constraint.complete(); count++) {
            if (count > 20_000) {
                throw new AssertionError("no end: " + text.toString(StandardCharsets.UTF_8));
            }
            boolean hurry = count > patience && random.nextInt(10) > 0;
            if (random.nextInt(3) == 0) {
                take(constraint.forced(), constraint, text);
            } else if (hurry && random.nextInt(3) == 0) {
                take("\n</parameter>", constraint, text);
            }
            TokenSet allowed = constraint.allowed();
            if (constraint.complete()) {
                break;
            }
            if (allowed.size() == 0) {
                throw new AssertionError("a dead end after " + text.toString(StandardCharsets.UTF_8));
            }
            int token = choose(allowed, hurry);
            constraint.accept(token);
            if (!tokenizer.isEndOfGeneration(token)) {
                text.writeBytes(tokenizer.piece(token));
            }
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /** Writes the tokens of a text as long as they are allowed. */
    private void take(String wanted, Constraint constraint, ByteArrayOutputStream text) {
        for (int token : tokenizer.encode(wanted, false)) {
            if (!constraint.allowed().contains(token)) {
                return;
            }
            constraint.accept(token);
            text.writeBytes(tokenizer.piece(token));
        }
    }

    private int choose(TokenSet allowed, boolean hurry) {
        if (hurry) {
            for (String end : new String[] {"\"", "}", "]", ","}) {
                for (int token : tokenizer.encode(end, false)) {
                    if (allowed.contains(token)) {
                        return token;
                    }
                }
            }
        }
        int skip = random.nextInt(allowed.size());
        int token = allowed.next(0);
        while (skip-- > 0) {
            token = allowed.next(token + 1);
        }
        return token;
    }
}
