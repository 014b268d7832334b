package dev.bantam.evals.speed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All results, as tables for people or as JSON. */
public record SpeedReport(List<SpeedResult> results) {
    public SpeedReport {
        results = List.copyOf(results);
    }

    /** Two tables in Markdown; beside each of our figures its ratio to that of each peer that was measured. */
    public String asTable() {
        StringBuilder out = new StringBuilder();
        out.append(
                "| Model | Engine | Reading a prompt, tok/s | First token of 16, s: new process, again | Memory besides the file |\n");
        out.append("|---|---|---|---|---|\n");
        for (SpeedResult result : results) {
            out.append(start(result));
            if (result.failure().isPresent()) {
                out.append(result.failure().get()).append(" | | |\n");
                continue;
            }
            List<String> reading = new ArrayList<>();
            for (int i = 0; i < result.runs().size(); i++) {
                int run = i;
                if (result.runs().get(i).context() > 16) {
                    reading.add(result.runs().get(i).context() + ": "
                            + figure(result, "%.1f", r -> r.runs().get(run).prefillPerSecond()));
                }
            }
            out.append("%s | %s, %s | %d MB |%n"
                    .formatted(
                            String.join("; ", reading),
                            figure(result, "%.2f", SpeedResult::coldSeconds),
                            figure(result, "%.2f", SpeedResult::warmSeconds),
                            result.ownBytes() >> 20));
        }
        out.append("\n| Model | Engine | After | Generating, tok/s | A token needs | GB/s | Of plain reading |\n");
        out.append("|---|---|---|---|---|---|---|\n");
        for (SpeedResult result : results) {
            for (int i = 0; i < result.runs().size(); i++) {
                int at = i;
                SpeedResult.Run run = result.runs().get(i);
                if (run.tokens() > 0) {
                    out.append(start(result))
                            .append("%d | %s | %.3f GB | %.1f | %.2f of %.1f GB/s |%n"
                                    .formatted(
                                            run.context(),
                                            figure(
                                                    result,
                                                    "%.1f",
                                                    r -> r.runs().get(at).decodePerSecond()),
                                            run.bytes() / 1e9,
                                            run.bytesPerSecond() / 1e9,
                                            run.bytesPerSecond() / result.readBytesPerSecond(),
                                            result.readBytesPerSecond() / 1e9));
                }
            }
        }
        return out.toString();
    }

    private static String start(SpeedResult result) {
        return "| %s | %s | ".formatted(result.model(), result.engine());
    }

    /** Of ours also what multiple of each peer's it is. */
    private String figure(SpeedResult result, String format, ToDoubleFunction<SpeedResult> value) {
        String figure = String.format(Locale.ROOT, format, value.applyAsDouble(result));
        String ratios = peers(result)
                .map(peer -> String.format(
                        Locale.ROOT,
                        "%.2f × %s",
                        value.applyAsDouble(result) / value.applyAsDouble(peer),
                        peer.engine()))
                .collect(Collectors.joining(", "));
        return ratios.isEmpty() ? figure : figure + " (" + ratios + ")";
    }

    private Stream<SpeedResult> peers(SpeedResult ours) {
        return results.stream()
                .filter(other -> ours.engine().equals(SpeedBenchmark.OURS)
                        && !other.engine().equals(SpeedBenchmark.OURS)
                        && other.model().equals(ours.model())
                        && other.failure().isEmpty());
    }

    /** A list with an object for each engine and model. */
    public String asJson() throws JsonProcessingException {
        List<Map<String, Object>> all = new ArrayList<>();
        for (SpeedResult result : results) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("model", result.model());
            values.put("engine", result.engine());
            if (result.failure().isPresent()) {
                values.put("failure", result.failure().get());
                all.add(values);
                continue;
            }
            values.put("read_gb_per_s", result.readBytesPerSecond() / 1e9);
            values.put("first_token_cold_s", result.coldSeconds());
            values.put("first_token_warm_s", result.warmSeconds());
            values.put("own_bytes", result.ownBytes());
            for (SpeedResult.Run run : result.runs()) {
                values.put("prefill_" + run.context() + "_tok_per_s", run.prefillPerSecond());
                if (run.tokens() > 0) {
                    values.put("decode_after_" + run.context() + "_tok_per_s", run.decodePerSecond());
                    values.put("decode_after_" + run.context() + "_bytes", run.bytes());
                    values.put(
                            "decode_after_" + run.context() + "_of_read",
                            run.bytesPerSecond() / result.readBytesPerSecond());
                }
            }
            all.add(values);
        }
        return new ObjectMapper().writeValueAsString(all);
    }
}
