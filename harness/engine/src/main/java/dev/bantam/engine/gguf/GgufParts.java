package dev.bantam.engine.gguf;

import dev.bantam.engine.ModelFileException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds and checks the files of a model that is split, as llama.cpp's gguf-split writes them: {@code split.count} and
 * {@code split.tensors.count} are the same in all, {@code split.no} counts from 0, and only the first has the rest of the
 * metadata.
 */
final class GgufParts {
    private static final String COUNT = "split.count";
    private static final String NUMBER = "split.no";
    private static final String TENSORS = "split.tensors.count";
    private static final int MOST = 4096;

    private GgufParts() {}

    /** Opens a file, and with it those that belong to it. Closes them again when one is wrong. */
    static List<GgufPart> open(Path path, Arena arena) throws ModelFileException {
        GgufPart named = GgufPart.open(path, arena);
        List<GgufPart> parts = new ArrayList<>();
        try {
            int count = named.header().metadata().integer(COUNT, 0, MOST, 1);
            if (count <= 1) {
                return List.of(named);
            }
            SplitName name = name(named, count);
            for (int number = 1; number <= count; number++) {
                parts.add(number == name.number() ? named : sibling(named, name, number, arena));
                requireNumber(parts.getLast(), number, count);
            }
            requireTensors(parts);
            return List.copyOf(parts);
        } catch (ModelFileException | RuntimeException | Error wrong) {
            named.close();
            parts.forEach(GgufPart::close);
            throw wrong;
        }
    }

    private static SplitName name(GgufPart part, int count) throws ModelFileException {
        return SplitName.of(part.path())
                .filter(name -> name.count() == count && name.number() >= 1 && name.number() <= count)
                .orElseThrow(() -> part.header()
                        .metadata()
                        .wrong(
                                COUNT,
                                count,
                                "a file named like NAME-00001-of-%05d.gguf, by which the others are found"
                                        .formatted(count)));
    }

    private static GgufPart sibling(GgufPart named, SplitName name, int number, Arena arena) throws ModelFileException {
        Path path = named.path().resolveSibling(name.part(number));
        if (!Files.exists(path)) {
            throw new ModelFileException(
                    path,
                    "file",
                    "missing",
                    "all %d parts of the model in one folder; get this one too".formatted(name.count()));
        }
        return GgufPart.open(path, arena);
    }

    private static void requireNumber(GgufPart part, int number, int count) throws ModelFileException {
        Metadata metadata = part.header().metadata();
        int is = metadata.integer(COUNT, 0, 1 << 16);
        if (is != count) {
            throw metadata.wrong(COUNT, is, count + ", as in the other parts");
        }
        int no = metadata.integer(NUMBER, 0, 1 << 16);
        if (no != number - 1) {
            throw metadata.wrong(NUMBER, no, "%d by the file's name; the parts were mixed up".formatted(number - 1));
        }
    }

    private static void requireTensors(List<GgufPart> parts) throws ModelFileException {
        int found =
                parts.stream().mapToInt(part -> part.header().tensors().size()).sum();
        for (GgufPart part : parts) {
            Metadata metadata = part.header().metadata();
            int told = metadata.integer(TENSORS, 0, Integer.MAX_VALUE);
            if (told != found) {
                throw metadata.wrong(TENSORS, told, "%,d, which is what the parts have together".formatted(found));
            }
        }
    }
}
