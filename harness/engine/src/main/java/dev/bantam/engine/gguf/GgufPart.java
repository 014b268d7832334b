package dev.bantam.engine.gguf;

import dev.bantam.engine.ModelFileException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** One file of a model, mapped, with its header read. It stays open, to notice when it is cut off while in use. */
final class GgufPart implements AutoCloseable {
    private final Path path;
    private final RandomAccessFile file; // its length can be asked from an interrupted thread, unlike a channel's
    private final MemorySegment data;
    private final GgufHeader header;

    private GgufPart(Path path, RandomAccessFile file, MemorySegment data, GgufHeader header) {
        this.path = path;
        this.file = file;
        this.data = data;
        this.header = header;
    }

    static GgufPart open(Path path, Arena arena) throws ModelFileException {
        RandomAccessFile file = null;
        try {
            requireReadable(path);
            file = new RandomAccessFile(path.toFile(), "r");
            MemorySegment data = file.getChannel().map(FileChannel.MapMode.READ_ONLY, 0, file.length(), arena);
            return new GgufPart(path, file, data, GgufHeader.read(path, data));
        } catch (ModelFileException wrong) {
            close(file);
            throw wrong;
        } catch (IOException failure) {
            close(file);
            throw new ModelFileException(path, failure);
        } catch (InternalError fault) {
            close(file);
            throw changed(path);
        }
    }

    Path path() {
        return path;
    }

    MemorySegment data() {
        return data;
    }

    GgufHeader header() {
        return header;
    }

    MemorySegment bytes(TensorInfo info) {
        return data.asSlice(info.offset(), info.bytes());
    }

    /** Whether all that was mapped is still there; touching what is not would fault. */
    boolean whole() {
        try {
            return file.length() >= data.byteSize();
        } catch (IOException lost) {
            return false;
        }
    }

    /** Says that a file became shorter, or its disk failed, while it was used. */
    static ModelFileException changed(Path path) {
        return new ModelFileException(
                path,
                "file",
                "no longer readable as a whole",
                "a file that nobody changes while it is used; get it again, or wait until it is complete");
    }

    @Override
    public void close() {
        close(file);
    }

    /** Both are errors of {@link RandomAccessFile} too, but in words that depend on the system. */
    private static void requireReadable(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        if (!Files.isReadable(path)) {
            throw new AccessDeniedException(path.toString());
        }
    }

    private static void close(RandomAccessFile file) {
        if (file != null) {
            try {
                file.close();
            } catch (IOException nothingToLose) {
                // it was only read
            }
        }
    }
}
