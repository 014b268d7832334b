package dev.bantam.model.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.ReplyListener;
import dev.bantam.engine.Engine;
import dev.bantam.engine.EngineOptions;
import dev.bantam.engine.Model;
import dev.bantam.engine.Sequence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptReadingTest {
    private static final int BEGINNING = 300;

    @TempDir
    Path folder;

    private Path kept;
    private Model model;
    private int[] prompt;

    @BeforeEach
    void open() throws Exception {
        kept = folder.resolve("prefixes");
        model = Engine.open(Box.file(folder), EngineOptions.defaults());
        prompt = IntStream.range(0, 340).map(i -> 10 + i * 7 % 2000).toArray();
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void theBeginningOfAConversationIsReadOnceAndForAll() throws Exception {
        float[] first = read(prompt, 0);
        assertThat(files()).hasSize(1);
        assertThat(read(prompt, BEGINNING)).isEqualTo(first);
    }

    @Test
    void anotherBeginningIsReadAnew() throws Exception {
        read(prompt, 0);
        int[] other = prompt.clone();
        other[5]++;
        read(other, 0);
        assertThat(files()).hasSize(2);
    }

    @Test
    void aDamagedFileIsReplaced() throws Exception {
        float[] first = read(prompt, 0);
        Path file = files().getFirst();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThat(read(prompt, 0)).isEqualTo(first);
        assertThat(read(prompt, BEGINNING)).isEqualTo(first);
    }

    @Test
    void whereNothingCanBeWrittenTheModelReadsAsEver() throws Exception {
        Files.writeString(kept, "a file where the folder should be");
        assertThat(read(prompt, 0)).hasSize(model.tokenizer().vocabularySize());
    }

    @Test
    void onlySoManyFilesAreKept() throws Exception {
        for (int i = 0; i < 11; i++) {
            prompt[3] = 20 + i;
            read(prompt, 0);
        }
        assertThat(files()).hasSize(8);
        read(prompt, BEGINNING);
    }

    @Test
    void progressEndsAtTheWholePromptAndNeverGoesBack() throws Exception {
        List<Long> done = new ArrayList<>();
        ReplyListener listener = new ReplyListener() {
            @Override
            public void prefill(long read, long total, long cached, double tokensPerSecond) {
                assertThat(total).isEqualTo(340);
                assertThat(cached).isZero();
                done.add(read);
            }
        };
        try (Sequence sequence = model.newSequence(400)) {
            reading(sequence).read(sequence, prompt, BEGINNING, List.of(), listener);
        }
        assertThat(done).isSorted().endsWith(340L);
    }

    private float[] read(int[] tokens, int cached) throws Exception {
        try (Sequence sequence = model.newSequence(400)) {
            assertThat(reading(sequence).read(sequence, tokens, BEGINNING, List.of(), ReplyListener.NONE))
                    .isEqualTo(cached);
            float[] logits = new float[model.tokenizer().vocabularySize()];
            sequence.logits(0, logits);
            return logits;
        }
    }

    private PromptReading reading(Sequence sequence) {
        return new PromptReading(
                sequence, Optional.of(new Prefixes(kept, model.facts().fingerprint())), Duration.ZERO);
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> listed = Files.list(kept)) {
            return listed.toList();
        }
    }
}
