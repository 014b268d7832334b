package dev.bantam.evals.speed;

import dev.bantam.engine.gguf.GgufFile;
import dev.bantam.engine.gguf.TensorInfo;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures all engines with all models. For each model every engine runs in a process of its own; they take turns, and
 * between them the file is plainly read, so that a slow moment of the machine meets all.
 */
public final class SpeedBenchmark {
    static final String OURS = "bantam";
    static final String LLAMA = "llama.cpp";
    static final String JLAMA = "jlama";
    static final List<String> PEERS = List.of(LLAMA, JLAMA);

    private static final int WARM_UP = 128;
    private static final long SEED = 20_251_121;

    private final Plan plan;
    private final PrintStream progress;

    /**
     * @param cache where models and other engines are kept
     * @param models by name or the beginning of it; empty for all
     * @param peers engines to compare with
     * @param tiny models for a test of the benchmark itself
     * @param quick leaves out the long context
     * @param busy counts the processor time of one thread, for a machine that has other work
     */
    public record Plan(
            Path cache,
            List<String> models,
            List<String> peers,
            boolean tiny,
            boolean quick,
            boolean busy,
            boolean offline,
            int threads,
            int rounds) {
        public Plan {
            models = List.copyOf(models);
            peers = List.copyOf(peers);
            threads = busy ? 1 : threads;
        }

        private record Asked(int context, int tokens) {}

        private List<Asked> runs() {
            if (tiny) {
                return List.of(new Asked(16, 4), new Asked(40, 0));
            }
            List<Asked> runs = List.of(new Asked(16, 64), new Asked(512, 0), new Asked(4096, 64));
            return quick ? runs.subList(0, 2) : runs;
        }

        private Clock clock() {
            return busy ? Clock.PROCESSOR : Clock.WALL;
        }

        private int longest() {
            return runs().stream()
                    .mapToInt(run -> run.context + run.tokens + 1)
                    .max()
                    .orElseThrow();
        }

        private List<BenchModel> chosen() {
            List<BenchModel> all = BenchModel.all().stream()
                    .map(model -> tiny ? model.tiny() : model)
                    .toList();
            for (String name : models) {
                if (all.stream().noneMatch(model -> model.name().startsWith(name))) {
                    throw new IllegalArgumentException("--models %s: there is none of this name; there are %s"
                            .formatted(
                                    name,
                                    String.join(
                                            ", ",
                                            all.stream().map(BenchModel::name).toList())));
                }
            }
            return all.stream()
                    .filter(model -> models.isEmpty()
                            || models.stream().anyMatch(name -> model.name().startsWith(name)))
                    .toList();
        }
    }

    public SpeedBenchmark(Plan plan, PrintStream progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Runs everything; prints what it does. */
    public SpeedReport run() throws IOException, InterruptedException {
        for (String peer : plan.peers) {
            if (!PEERS.contains(peer)) {
                throw new IllegalArgumentException(
                        "--peers %s: only %s can be compared".formatted(peer, String.join(" and ", PEERS)));
            }
        }
        if (plan.busy && plan.peers.contains(JLAMA)) {
            throw new IllegalArgumentException(
                    "--busy counts the processor time of one thread, and jlama computes in others;"
                            + " leave out one of the two");
        }
        Optional<Path> libraries = plan.peers.contains(LLAMA)
                ? Optional.of(LlamaPackage.libraries(plan.cache, plan.offline, progress))
                : Optional.empty();
        List<SpeedResult> results = new ArrayList<>();
        for (BenchModel model : plan.chosen()) {
            results.addAll(measure(model, entrants(model, libraries)));
        }
        return new SpeedReport(results);
    }

    /**
     * An engine and what it opens.
     *
     * @param activeBytes of weights that one token meets
     */
    private record Entrant(String engine, Path model, long activeBytes, Optional<Path> libraries) {}

    /** Our engine, then those peers that run the model. */
    private List<Entrant> entrants(BenchModel model, Optional<Path> libraries) throws IOException {
        Path file = made(model.name() + "-" + SEED + ".gguf", path -> RandomModel.write(model, SEED, path));
        long bytes = activeBytes(model, file);
        List<Entrant> entrants = new ArrayList<>(List.of(new Entrant(OURS, file, bytes, Optional.empty())));
        libraries.ifPresent(folder -> entrants.add(new Entrant(LLAMA, file, bytes, libraries)));
        if (plan.peers.contains(JLAMA) && RandomFolder.suits(model)) {
            RandomFolder random = new RandomFolder(model);
            Path folder = made(model.name() + "-" + SEED + ".jlama", path -> random.write(SEED, path));
            entrants.add(new Entrant(JLAMA, folder, random.activeBytes(), Optional.empty()));
        }
        return entrants;
    }

    private interface Maker {
        void make(Path path) throws IOException;
    }

    private Path made(String name, Maker maker) throws IOException {
        Path path = Files.createDirectories(plan.cache).resolve(name);
        if (!Files.exists(path)) {
            progress.println("making " + path);
            maker.make(path);
        }
        return path;
    }

    private List<SpeedResult> measure(BenchModel model, List<Entrant> entrants)
            throws IOException, InterruptedException {
        Map<Entrant, Measured> engines = new LinkedHashMap<>();
        List<SpeedResult> failed = new ArrayList<>();
        List<Double> read = new ArrayList<>();
        try (ReadBandwidth bandwidth = new ReadBandwidth(entrants.getFirst().model, plan.threads, plan.clock())) {
            for (int i = 0; i < 3; i++) { // Java compiles while it runs
                bandwidth.measure();
            }
            for (Entrant entrant : entrants) {
                start(entrant, model, failed).ifPresent(measured -> engines.put(entrant, measured));
            }
            for (int round = 1; round <= plan.rounds && !engines.isEmpty(); round++) {
                for (Measured engine : engines.values()) {
                    read.add(bandwidth.measure());
                    engine.round(plan);
                }
                progress.printf("%s round %d of %d%n", model.name(), round, plan.rounds);
            }
            List<SpeedResult> results = new ArrayList<>(failed);
            engines.forEach((entrant, engine) -> results.add(engine.result(model, entrant, Medians.of(read))));
            return results;
        } finally {
            for (Measured engine : engines.values()) {
                engine.process.close();
            }
        }
    }

    private Optional<Measured> start(Entrant entrant, BenchModel model, List<SpeedResult> failed) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                entrant.engine,
                model.name(),
                entrant.model.toString(),
                "" + plan.threads,
                "" + plan.longest(),
                plan.clock().name()));
        entrant.libraries.ifPresent(folder -> arguments.add(folder.toString()));
        WorkerProcess process = new WorkerProcess(arguments);
        try {
            double[] opened = process.answer();
            process.ask(WARM_UP, WARM_UP / 8); // Java compiles while it runs
            return Optional.of(new Measured(process, opened[0], opened[1]));
        } catch (IOException failure) {
            process.close();
            progress.println(entrant.engine + ", " + model.name() + ": " + failure.getMessage());
            failed.add(SpeedResult.failed(model, entrant.engine, failure.getMessage()));
            return Optional.empty();
        }
    }

    /** Bytes of weights that one token meets: of stacks of experts the share in use, of the embedding one row. */
    private static long activeBytes(BenchModel model, Path file) throws IOException {
        Shape shape = model.shape();
        long bytes = 0;
        try (GgufFile gguf = GgufFile.open(file)) {
            for (TensorInfo info : gguf.tensors()) {
                bytes += info.name().contains("_exps.")
                        ? info.bytes() / shape.experts() * shape.expertsUsed()
                        : info.name().equals("token_embd.weight") ? info.bytes() / shape.vocabulary() : info.bytes();
            }
        }
        return bytes;
    }

    /** One engine's process and what it has answered. */
    private static final class Measured {
        private final WorkerProcess process;
        private final double cold;
        private final double warm;
        private final Map<Plan.Asked, List<double[]>> answers = new LinkedHashMap<>();

        Measured(WorkerProcess process, double cold, double warm) {
            this.process = process;
            this.cold = cold;
            this.warm = warm;
        }

        void round(Plan plan) throws IOException {
            for (Plan.Asked run : plan.runs()) {
                answers.computeIfAbsent(run, asked -> new ArrayList<>()).add(process.ask(run.context, run.tokens));
            }
        }

        SpeedResult result(BenchModel model, Entrant entrant, double read) {
            List<SpeedResult.Run> runs = new ArrayList<>();
            long own = 0;
            for (var entry : answers.entrySet()) {
                Plan.Asked asked = entry.getKey();
                long cache = 0;
                for (double[] answer : entry.getValue()) {
                    own = Math.max(own, (long) answer[2]);
                    cache = (long) answer[3];
                }
                long bytes = entrant.activeBytes
                        + cache * (asked.context + asked.tokens / 2)
                        + model.shape().stateBytes();
                runs.add(new SpeedResult.Run(
                        asked.context,
                        asked.tokens,
                        Medians.of(entry.getValue().stream()
                                .map(answer -> answer[0])
                                .toList()),
                        Medians.of(entry.getValue().stream()
                                .map(answer -> answer[1])
                                .toList()),
                        bytes));
            }
            return new SpeedResult(model.name(), entrant.engine, read, cold, warm, runs, own, Optional.empty());
        }
    }
}
