package dev.bantam.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EndMarkTest {
    private final EndMark mark = new EndMark();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    private Optional<EndMark.End> take(byte[] bytes) {
        return mark.take(bytes, this::append);
    }

    private void append(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        output.writeBytes(copy);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void isFoundWhereverTheStreamIsCut() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] all = bytes("one \u001e two\n\u001e" + mark.token() + " 137 2 0\nof the background");
        Optional<EndMark.End> end = Optional.empty();
        for (int from = 0; from < all.length; ) {
            int to = Math.min(all.length, from + 1 + random.nextInt(9));
            end = take(java.util.Arrays.copyOfRange(all, from, to));
            from = to;
        }

        assertThat(end).as("seed %d", seed).contains(new EndMark.End(137, 2, 0));
        assertThat(output.toString(StandardCharsets.UTF_8)).as("seed %d", seed).isEqualTo("one \u001e two\n\u001e");
    }

    @Test
    void passesNothingOnAfterwards() {
        take(bytes(mark.token() + " 0 0 1\n"));

        assertThat(take(bytes("late"))).contains(new EndMark.End(0, 0, 1));
        assertThat(output.size()).isZero();
    }

    @Test
    void holdsNothingBackOnceTheStreamIsOver() {
        assertThat(take(bytes("text" + mark.token().substring(0, 9)))).isEmpty();
        mark.flush(this::append);

        assertThat(output.toString(StandardCharsets.UTF_8))
                .isEqualTo("text" + mark.token().substring(0, 9));
    }

    @Test
    void isNoSuccessWhenTheCommandForgedIt() {
        assertThat(take(bytes(mark.token() + " zero\n"))).contains(new EndMark.End(255, 0, 0));
    }
}
