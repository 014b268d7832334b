package dev.bantam.evals.speed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * One engine with one model in a process of its own, so that engines share neither memory nor compiled code. Opens the model
 * twice and prints the seconds to the first token of each; then answers each line {@code context tokens} by the seconds of
 * a {@link Subject.Run}, the bytes that it keeps in memory besides the file, and the cache's bytes per token.
 */
final class Worker {
    private static final int FIRST_PROMPT = 16;

    private Worker() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        String engine = arguments[0];
        String model = arguments[1];
        Path file = Path.of(arguments[2]);
        int threads = Integer.parseInt(arguments[3]);
        int context = Integer.parseInt(arguments[4]);
        Clock clock = Clock.valueOf(arguments[5]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        long start = clock.nanos();
        Subject subject = open(engine, model, file, threads, context, clock, arguments);
        subject.run(FIRST_PROMPT, 0);
        double cold = clock.since(start);
        subject.close();
        start = clock.nanos();
        subject = open(engine, model, file, threads, context, clock, arguments);
        subject.run(FIRST_PROMPT, 0);
        out.println(cold + " " + clock.since(start));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] run = line.split(" ");
            Subject.Run seconds = subject.run(Integer.parseInt(run[0]), Integer.parseInt(run[1]));
            out.println(
                    seconds.prefill() + " " + seconds.decode() + " " + ownBytes() + " " + subject.cacheBytesPerToken());
        }
        subject.close();
    }

    private static Subject open(
            String engine, String model, Path file, int threads, int context, Clock clock, String[] arguments)
            throws IOException {
        return switch (engine) {
            case SpeedBenchmark.OURS, SpeedBenchmark.JLAMA -> new EngineSubject(file, threads, clock);
            case SpeedBenchmark.LLAMA ->
                new LlamaSubject(Path.of(arguments[6]), BenchModel.named(model), file, threads, context, clock);
            default -> throw new IllegalArgumentException(engine);
        };
    }

    /** Resident memory that no file stands behind; 0 where the system does not tell it in {@code /proc}. */
    private static long ownBytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        try (Stream<String> lines = Files.exists(status) ? Files.lines(status) : Stream.empty()) {
            return lines.filter(line -> line.startsWith("RssAnon:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        }
    }
}
