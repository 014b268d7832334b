package dev.bantam.evals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the harness itself costs, measured on whole processes.
 *
 * @param bareStartMillis median of a JVM that does nothing: the limit of every start
 * @param startMillis median from the start of the process to the first request at the server
 * @param turnMillis median of a turn with a scripted model, the tools' own time taken off
 * @param turnWithoutMillis the same with every extension switched off
 * @param extensions how many were on
 * @param residentBytes largest resident memory of that run
 * @param prefixShare of each earlier request's bytes, how many the next request repeats in place; the smallest of all
 */
record Overhead(
        double bareStartMillis,
        double startMillis,
        double turnMillis,
        double turnWithoutMillis,
        int extensions,
        long residentBytes,
        double prefixShare) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Overhead measure(Program program, int runs, int turns) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("bantam-eval");
        try {
            Path workspace = Files.createDirectories(home.resolve("workspace"));
            Files.writeString(workspace.resolve("a.txt"), "a\n");
            List<Double> bare = new ArrayList<>();
            List<Double> start = new ArrayList<>();
            for (int i = 0; i < runs; i++) { // interleaved, so that a noisy moment meets both
                bare.add(bareStart(program, home));
                start.add(start(program, home, workspace));
            }
            double share = prefixShare(program, home, workspace, turns);
            Turns measured = turns(program, home, workspace, turns, List.of());
            String off = measured.extensions().stream().map("-"::concat).collect(Collectors.joining(","));
            Turns without = turns(program, home, workspace, turns, List.of("--ext=" + off));
            return new Overhead(
                    median(bare),
                    median(start),
                    measured.medianMillis(),
                    without.medianMillis(),
                    measured.extensions().size(),
                    measured.residentBytes(),
                    share);
        } finally {
            Folders.delete(home);
        }
    }

    String asTable() {
        return """
                | What | Figure | Against |
                |---|---|---|
                | start to first request | %.0f ms | %.1f × a JVM that does nothing (%.0f ms) |
                | a turn of the harness itself, p50 | %.2f ms | %.3f of a 20 ms decode step |
                | of that all extensions that are on by default (%d) | %.2f ms | %.1f × a turn without them (%.2f ms) |
                | resident memory, largest | %d MB | |
                | earlier request repeated in place | %.2f %% | of 100 %% |
                """.formatted(
                        startMillis,
                        startMillis / bareStartMillis,
                        bareStartMillis,
                        turnMillis,
                        turnMillis / 20,
                        extensions,
                        turnMillis - turnWithoutMillis,
                        turnMillis / turnWithoutMillis,
                        turnWithoutMillis,
                        residentBytes >> 20,
                        prefixShare * 100);
    }

    String asJson() throws JsonProcessingException {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("bare_start_ms", bareStartMillis);
        values.put("start_ms", startMillis);
        values.put("turn_p50_ms", turnMillis);
        values.put("turn_without_extensions_p50_ms", turnWithoutMillis);
        values.put("extensions", extensions);
        values.put("resident_bytes", residentBytes);
        values.put("prefix_share", prefixShare);
        return JSON.writeValueAsString(values);
    }

    private static double bareStart(Program program, Path home) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        program.startNothing(home, home.resolve("nothing.txt")).waitFor();
        return millis(System.nanoTime() - begin);
    }

    private static double start(Program program, Path home, Path workspace) throws IOException, InterruptedException {
        try (RecordingServer server = new RecordingServer(0)) {
            long begin = System.nanoTime();
            run(program, home, workspace, server);
            return millis(server.firstRequestNanos() - begin);
        }
    }

    private static double prefixShare(Program program, Path home, Path workspace, int turns)
            throws IOException, InterruptedException {
        try (RecordingServer server = new RecordingServer(turns)) {
            run(program, home, workspace, server);
            List<String> requests = new ArrayList<>();
            for (String body : server.requests()) {
                requests.add(growing(body));
            }
            double smallest = 1;
            for (int i = 1; i < requests.size(); i++) {
                String before = requests.get(i - 1);
                int common =
                        Arrays.mismatch(before.toCharArray(), requests.get(i).toCharArray());
                smallest = Math.min(smallest, (common < 0 ? before.length() : common) / (double) before.length());
            }
            return smallest;
        }
    }

    /** What a server renders into the prompt: the tools, then the messages without the bracket that closes their list. */
    private static String growing(String body) throws JsonProcessingException {
        JsonNode request = JSON.readTree(body);
        String messages = request.path("messages").toString();
        return request.path("tools") + messages.substring(0, messages.length() - 1);
    }

    private static void run(Program program, Path home, Path workspace, RecordingServer server)
            throws IOException, InterruptedException {
        Path output = home.resolve("run.jsonl");
        Process process = program.start(
                home,
                output,
                "-p",
                "go",
                "--json",
                "-m",
                "llamacpp/measured",
                "--base-url",
                server.url(),
                "-C",
                workspace.toString(),
                "--max-turns",
                "100000",
                "--context",
                "262144",
                "--no-session");
        if (process.waitFor() != 0 || server.requests().isEmpty()) {
            throw new IOException("the measured run failed: " + Files.readString(output));
        }
    }

    private record Turns(double medianMillis, long residentBytes, List<String> extensions) {}

    private static Turns turns(Program program, Path home, Path workspace, int turns, List<String> options)
            throws IOException, InterruptedException {
        Path script = home.resolve("script.jsonl");
        String call = "{\"tool_calls\":[{\"tool\":\"read\",\"arguments\":{\"path\":\"a.txt\",\"limit\":%d}}]}\n";
        StringBuilder calls = new StringBuilder();
        for (int turn = 1; turn <= turns; turn++) { // the same call again and again would be stopped as a loop
            calls.append(call.formatted(turn));
        }
        Files.writeString(script, calls + "{\"text\":\"done\"}\n");
        Path output = home.resolve("turns.jsonl");
        List<String> arguments = new ArrayList<>(List.of("-p", "go", "--json", "-m", "script/" + script));
        arguments.addAll(List.of("-C", workspace.toString()));
        arguments.addAll(options);
        if (options.isEmpty()) {
            arguments.addAll(List.of("--max-turns", "100000")); // a setting of turn-cap
        }
        Process process = program.start(home, output, arguments.toArray(String[]::new));
        long resident = 0;
        while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
            resident = Math.max(resident, resident(process.pid()));
        }
        List<String> lines = Files.readAllLines(output);
        return new Turns(medianTurn(lines), resident, extensions(lines));
    }

    private static List<String> extensions(List<String> lines) throws JsonProcessingException {
        List<String> names = new ArrayList<>();
        for (String line : lines) {
            JSON.readTree(line).path("extensions").forEach(name -> names.add(name.asText()));
        }
        return names;
    }

    private static double medianTurn(List<String> lines) throws JsonProcessingException {
        List<Double> turns = new ArrayList<>();
        Instant started = null;
        long tools = 0;
        for (String line : lines) {
            JsonNode event = JSON.readTree(line);
            switch (event.path("type").asText()) {
                case "turn_started" -> {
                    Instant now = Instant.parse(event.path("at").asText());
                    if (started != null) {
                        turns.add(millis(Duration.between(started, now).toNanos()) - tools);
                    }
                    started = now;
                    tools = 0;
                }
                case "tool_finished" -> tools += event.path("took_ms").asLong();
                default -> {} // other events cost what they cost
            }
        }
        return median(turns);
    }

    /** The largest resident memory so far; 0 where the system does not tell it in {@code /proc}. */
    private static long resident(long pid) throws IOException {
        Path status = Path.of("/proc", String.valueOf(pid), "status");
        try (Stream<String> lines = Files.exists(status) ? Files.lines(status) : Stream.empty()) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        }
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
}
