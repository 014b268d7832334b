package dev.bantam.engine.jlama;

import dev.bantam.engine.ModelFacts;
import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.model.Fingerprint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a caller can know about a folder's model. */
final class FolderFacts {
    private static final int SAMPLES = 64;
    private static final int SAMPLE_BYTES = 4096;

    private FolderFacts() {}

    static ModelFacts of(Path folder, FolderConfig config, Safetensors found, int largestBatch)
            throws ModelFileException {
        long total = parameters(found);
        long experts = 3L * config.hidden() * config.embedding() * config.layers();
        long active = total - experts * (config.experts() - config.expertsUsed());
        return new ModelFacts(
                folder.toAbsolutePath().normalize().getFileName().toString(),
                config.family().word(),
                mostUsedType(found),
                total,
                active,
                Math.round((double) found.bytes() * active / total),
                config.contextTokens(),
                config.layers(),
                config.vocabulary(),
                config.cacheBytesPerToken(),
                0,
                0,
                0,
                0,
                false,
                largestBatch,
                found.bytes(),
                fingerprint(folder, found));
    }

    private static long parameters(Safetensors found) {
        return found.tensors().entrySet().stream()
                .filter(entry -> !entry.getKey().endsWith(".qb"))
                .mapToLong(entry -> entry.getValue().elements())
                .sum();
    }

    private static String mostUsedType(Safetensors found) {
        Map<String, Long> weights = found.tensors().values().stream()
                .collect(Collectors.groupingBy(
                        Safetensors.Tensor::type, Collectors.summingLong(Safetensors.Tensor::elements)));
        return weights.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    /** SHA-256 over the small files, the headers, and evenly spread samples of each file's weights. */
    private static String fingerprint(Path folder, Safetensors found) throws ModelFileException {
        MessageDigest digest = Fingerprint.sha256();
        try {
            for (String name : List.of("config.json", "tokenizer.json")) {
                digest.update(Files.readAllBytes(folder.resolve(name)));
            }
            for (Map.Entry<Path, byte[]> file : found.headers().entrySet()) {
                digest.update(file.getValue());
                sample(file.getKey(), digest);
            }
        } catch (IOException e) {
            throw new ModelFileException(folder, e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void sample(Path file, MessageDigest digest) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, channel.size()));
            long step = Math.max(0, channel.size() - SAMPLE_BYTES) / SAMPLES;
            ByteBuffer bytes = ByteBuffer.allocate(SAMPLE_BYTES);
            for (int i = 1; i <= SAMPLES; i++) {
                channel.read(bytes.clear(), step * i);
                digest.update(bytes.flip());
            }
        }
    }
}
