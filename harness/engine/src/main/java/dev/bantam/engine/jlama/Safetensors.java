package dev.bantam.engine.jlama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bantam.engine.ModelFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The tensors of a folder's {@code *.safetensors} files, each held against its file's length before jlama maps them.
 *
 * @param headers the bytes before the tensors, by file
 */
record Safetensors(Map<String, Tensor> tensors, Map<Path, byte[]> headers, long bytes) {
    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final int MOST_HEADER = (1 << 20) - Long.BYTES; // jlama reads the first MiB of a file, no more

    /** A tensor of rows × columns; vectors are one column wide. */
    record Tensor(Path file, String type, List<Integer> shape) {
        long elements() {
            return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
        }
    }

    static Safetensors read(Path folder) throws ModelFileException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<Path, byte[]> headers = new LinkedHashMap<>();
        long bytes = 0;
        for (Path file : files(folder)) {
            try (FileChannel channel = FileChannel.open(file)) {
                byte[] header = header(file, channel);
                headers.put(file, header);
                long room = channel.size() - Long.BYTES - header.length;
                readTensors(JsonFile.parse(file, header), room, tensors);
                bytes += channel.size();
            } catch (IOException e) {
                throw e instanceof ModelFileException known ? known : new ModelFileException(file, e);
            }
        }
        return new Safetensors(tensors, headers, bytes);
    }

    private static List<Path> files(Path folder) throws ModelFileException {
        Path index = folder.resolve(INDEX);
        if (!Files.exists(index)) {
            return List.of(folder.resolve(SINGLE));
        }
        JsonFile json = JsonFile.read(index);
        json.object("metadata"); // jlama fails without it
        TreeSet<String> names = new TreeSet<>();
        json.object("weight_map").root().forEach(name -> names.add(name.asText()));
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            if (!name.matches("[\\w.-]+\\.safetensors")) {
                throw new ModelFileException(index, "weight_map", "'" + name + "'", "names of files in this folder");
            }
            files.add(folder.resolve(name));
        }
        return files;
    }

    private static byte[] header(Path file, FileChannel channel) throws IOException {
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        fill(channel, length, file);
        long bytes = length.getLong(0);
        if (bytes < 2 || bytes > channel.size() - Long.BYTES) {
            throw new ModelFileException(file, "header length", bytes, "one within the file");
        }
        if (bytes > MOST_HEADER) {
            throw new ModelFileException(
                    file, "header length", bytes, "at most " + MOST_HEADER + ", which is all that jlama reads");
        }
        ByteBuffer header = ByteBuffer.allocate((int) bytes);
        fill(channel, header, file);
        return header.array();
    }

    private static void fill(FileChannel channel, ByteBuffer buffer, Path file) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new ModelFileException(file, "length", channel.size() + " bytes", "a whole header");
            }
        }
    }

    private static void readTensors(JsonFile header, long room, Map<String, Tensor> into) throws ModelFileException {
        for (Map.Entry<String, JsonNode> entry : header.root().properties()) {
            if (!entry.getKey().equals("__metadata__")) {
                into.put(entry.getKey(), tensor(header.path(), entry.getKey(), entry.getValue(), room));
            }
        }
    }

    private static Tensor tensor(Path file, String name, JsonNode node, long room) throws ModelFileException {
        String type = node.path("dtype").asText();
        List<Integer> shape = new ArrayList<>();
        for (JsonNode length : node.path("shape")) {
            if (!length.isInt() || length.intValue() < 1) {
                throw new ModelFileException(file, "tensor " + name, "of shape " + node.path("shape"), "whole numbers");
            }
            shape.add(length.intValue());
        }
        Tensor tensor = new Tensor(file, type, List.copyOf(shape));
        if (shape.isEmpty() || shape.size() > 2) {
            throw new ModelFileException(file, "tensor " + name, "of shape " + shape, "a vector or a matrix");
        }
        long bytes = switch (type) {
            case "F32" -> tensor.elements() * 4;
            case "F16", "BF16" -> tensor.elements() * 2;
            case "Q4" -> tensor.elements() / 2;
            default ->
                throw new ModelFileException(file, "tensor " + name, "of type " + type, "F32, F16, BF16 or jlama's Q4");
        };
        long from = node.path("data_offsets").path(0).asLong(-1);
        long to = node.path("data_offsets").path(1).asLong(-1);
        if (from < 0 || to > room || to - from != bytes) {
            throw new ModelFileException(
                    file,
                    "tensor " + name,
                    "at %d to %d".formatted(from, to),
                    bytes + " bytes within the file's " + room);
        }
        return tensor;
    }
}
