package dev.bantam.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.api.ModelException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullTest {
    private static final String FILE = "Model-Q4_K_M.gguf";
    private static final byte[] CONTENT = bytes(1, 700_000);

    @TempDir
    private Path folder;

    private FakeHub hub;
    private final Said said = new Said();

    /** Remembers what was told. */
    private static final class Said implements Watch {
        private final List<String> lines = new ArrayList<>();
        private Runnable atFirstPiece = () -> {};

        @Override
        public void begins(HubFile file, long here) {
            lines.add("begins " + file.name() + " " + here);
        }

        @Override
        public void has(HubFile file, long bytes) {
            atFirstPiece.run();
        }

        @Override
        public void says(String sentence) {
            lines.add(sentence);
        }

        @Override
        public void complete(HubFile file) {
            lines.add("complete " + file.name());
        }
    }

    @BeforeEach
    void start() throws IOException {
        hub = new FakeHub().has("README.md", bytes(9, 10)).has(FILE, CONTENT);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private Pull.Result pull(String ref) throws Exception {
        return pull(ref, hub.settings());
    }

    private Pull.Result pull(String ref, HubSettings settings) throws Exception {
        try (Hub client = new Hub(settings)) {
            return new Pull(client, folder, said).run(HubRef.parse(ref));
        }
    }

    private Path file() {
        return folder.resolve("owner/repo/" + FILE);
    }

    private Path part() {
        return Download.partOf(file());
    }

    @Test
    void bringsAFileHereWholeAndUnderItsNameOnly() throws Exception {
        Pull.Result result = pull("hf:owner/repo");
        assertThat(result).isEqualTo(new Pull.Result(file(), CONTENT.length, false));
        assertThat(file()).hasBinaryContent(CONTENT);
        assertThat(part()).doesNotExist();
        assertThat(said.lines).containsExactly("begins " + FILE + " 0", "complete " + FILE);
    }

    @Test
    void theTokenStaysWithTheHub() throws Exception {
        pull("hf:owner/repo");
        assertThat(hub.asked()).anyMatch(line -> line.startsWith("api") && line.contains(FakeHub.TOKEN));
        assertThat(hub.contentAsked()).hasSize(1).noneMatch(line -> line.contains(FakeHub.TOKEN));
    }

    @Test
    void whatIsCompleteIsNotAskedForAgain() throws Exception {
        pull("hf:owner/repo");
        assertThat(pull("hf:owner/repo").wasComplete()).isTrue();
        assertThat(hub.contentAsked()).hasSize(1);
    }

    @Test
    void goesOnWhereTheConnectionBroke() throws Exception {
        hub.cutsAfter(300_000).cutsAfter(0).cutsAfter(100_000);
        pull("hf:owner/repo");
        assertThat(file()).hasBinaryContent(CONTENT);
        assertThat(hub.contentAsked()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(askedFrom(1)).isBetween(1, 300_000); // the end of what was sent may be lost with the connection
        assertThat(askedFrom(hub.contentAsked().size() - 1)).isBetween(askedFrom(1), 400_000);
        assertThat(said.lines).anyMatch(line -> line.startsWith("the connection broke off ("));
    }

    /** Where the content that was asked for began. */
    private int askedFrom(int request) {
        String line = hub.contentAsked().get(request);
        return Integer.parseInt(line.substring(line.indexOf("bytes=") + 6, line.lastIndexOf('-')));
    }

    @Test
    void aConnectionThatSaysNothingAnyMoreIsBrokenToo() throws Exception {
        hub.stalls().cutsAfter(300_000);
        HubSettings usual = hub.settings();
        pull(
                "hf:owner/repo",
                new HubSettings(usual.endpoint(), usual.token(), Duration.ofMillis(400), Duration.ofMillis(1), 3));
        assertThat(file()).hasBinaryContent(CONTENT);
        assertThat(hub.contentAsked()).hasSize(2);
    }

    @Test
    void givesUpWhenNothingComesAndKeepsWhatThereIs() throws Exception {
        Files.createDirectories(part().getParent());
        Files.write(part(), Arrays.copyOf(CONTENT, 300_000));
        hub.answers(503).answers(429).answers(500);
        assertThatThrownBy(() -> pull("hf:owner/repo:Q4_K_M"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("could not be got: it answers with status 500. 300,000 of 700,000 bytes are here")
                .hasMessageContaining("run this again");
        assertThat(file()).doesNotExist();
        assertThat(part()).hasSize(300_000);
    }

    @Test
    void goesOnAfterAnEarlierRunWasKilled() throws Exception {
        Files.createDirectories(part().getParent());
        Files.write(part(), Arrays.copyOf(CONTENT, 123_456));
        pull("hf:owner/repo");
        assertThat(file()).hasBinaryContent(CONTENT);
        assertThat(hub.contentAsked()).singleElement().asString().endsWith("bytes=123456-");
        assertThat(said.lines).contains("begins " + FILE + " 123456");
    }

    @Test
    void keepsWhatWasThereWhenItIsInterrupted() throws Exception {
        CountDownLatch piece = new CountDownLatch(1);
        hub.stalls().cutsAfter(300_000);
        said.atFirstPiece = piece::countDown;
        List<Throwable> end = new ArrayList<>();
        Thread pulling = Thread.ofPlatform().start(() -> {
            try {
                pull("hf:owner/repo");
            } catch (Exception e) {
                end.add(e);
            }
        });
        piece.await();
        pulling.interrupt();
        pulling.join();
        assertThat(end).singleElement().isInstanceOf(InterruptedException.class);
        assertThat(part()).exists();
        said.atFirstPiece = () -> {};
        pull("hf:owner/repo");
        assertThat(file()).hasBinaryContent(CONTENT);
    }

    @Test
    void beginsAnewWhereTheServerKnowsNoRanges() throws Exception {
        hub.knowsNoRanges().cutsAfter(300_000);
        pull("hf:owner/repo");
        assertThat(file()).hasBinaryContent(CONTENT);
        assertThat(hub.contentAsked()).hasSize(2);
    }

    @Test
    void beginsAnewWhenWhatWasThereIsOfAnotherFile() throws Exception {
        Files.createDirectories(part().getParent());
        Files.write(part(), bytes(5, 100_000));
        pull("hf:owner/repo");
        assertThat(file()).hasBinaryContent(CONTENT);
        assertThat(said.lines).anyMatch(line -> line.contains("getting it anew"));
    }

    @Test
    void throwsAwayTooMuch() throws Exception {
        Files.createDirectories(part().getParent());
        Files.write(part(), bytes(5, CONTENT.length + 1));
        pull("hf:owner/repo");
        assertThat(file()).hasBinaryContent(CONTENT);
    }

    @Test
    void keepsNothingWhoseHashIsWrong() throws Exception {
        hub.says(FILE, "ab".repeat(32));
        assertThatThrownBy(() -> pull("hf:owner/repo"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("arrived damaged")
                .hasMessageContaining("abababababab");
        assertThat(file()).doesNotExist();
        assertThat(Files.size(part())).isZero();
        assertThat(hub.contentAsked()).hasSize(1);
    }

    @Test
    void bringsAllPartsOfASplitModel() throws Exception {
        byte[] second = bytes(2, 50_000);
        hub.has("BF16/Model-BF16-00002-of-00002.gguf", second).has("BF16/Model-BF16-00001-of-00002.gguf", CONTENT);
        Pull.Result result = pull("hf:owner/repo:bf16");
        assertThat(result.first()).hasFileName("Model-BF16-00001-of-00002.gguf").hasBinaryContent(CONTENT);
        assertThat(result.first().resolveSibling("Model-BF16-00002-of-00002.gguf"))
                .hasBinaryContent(second);
        assertThat(result.bytes()).isEqualTo(CONTENT.length + second.length);
    }

    @Test
    void replacesAFileThatTheRepositoryHasInAnotherSizeNow() throws Exception {
        pull("hf:owner/repo");
        byte[] newer = bytes(7, 10_000);
        hub.has(FILE, newer);
        pull("hf:owner/repo");
        assertThat(file()).hasBinaryContent(newer);
    }

    @Test
    void twoRunsDoNotWriteTheSameFile() throws Exception {
        Files.createDirectories(part().getParent());
        try (RandomAccessFile other = new RandomAccessFile(part().toFile(), "rw");
                var lock = other.getChannel().lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> pull("hf:owner/repo")).hasMessageContaining("is being written by another run");
        }
    }

    @Test
    void saysWhoMayHaveIt() throws Exception {
        hub.refuses(401, "RepoNotFound");
        assertThatThrownBy(() -> pull("hf:owner/repo"))
                .hasMessageContaining("owner/repo does not exist, or is not open to everyone")
                .hasMessageContaining("HF_TOKEN");
        hub.refuses(403, "GatedRepo");
        assertThatThrownBy(() -> pull("hf:owner/repo")).hasMessageContaining("Agree at " + hub.url() + "/owner/repo");
        hub.refuses(404, "RepoNotFound");
        assertThatThrownBy(() -> pull("hf:owner/repo"))
                .isInstanceOf(ModelException.class)
                .extracting(e -> ((ModelException) e).kind())
                .isEqualTo(ModelException.Kind.REJECTED);
    }

    @Test
    void saysThatNothingAnswers() throws Exception {
        hub.close();
        assertThatThrownBy(() -> pull("hf:owner/repo"))
                .hasMessageContaining("does not answer")
                .extracting(e -> ((ModelException) e).kind())
                .isEqualTo(ModelException.Kind.UNREACHABLE);
    }

    @Test
    void theAddressAndTheTokenComeFromTheEnvironment() throws Exception {
        HubSettings settings = HubSettings.of(name -> switch (name) {
            case "HF_ENDPOINT" -> java.util.Optional.of(hub.url() + "/");
            default -> java.util.Optional.empty();
        });
        assertThat(settings.endpoint()).hasToString(hub.url());
        pull("hf:owner/repo", settings);
        assertThat(hub.asked()).noneMatch(line -> line.contains("Bearer"));
        assertThatThrownBy(() -> HubSettings.of(name -> java.util.Optional.of("nonsense")))
                .hasMessageContaining("HF_ENDPOINT is \"nonsense\"");
    }

    private static byte[] bytes(long seed, int count) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
