package dev.bantam.model.hub;

import dev.bantam.api.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Gets a model with all its files into a folder of its repository. */
public final class Pull {
    private final Hub hub;
    private final Path folder;
    private final Watch watch;

    /** @param folder of all models; OWNER/REPO is made in it */
    public Pull(Hub hub, Path folder, Watch watch) {
        this.hub = hub;
        this.folder = folder;
        this.watch = watch;
    }

    /**
     * What is here now.
     *
     * @param first the file to name; the first part of a split model
     * @param wasComplete whether there was nothing to get
     */
    public record Result(Path first, long bytes, boolean wasComplete) {}

    /**
     * Asks the hub, chooses, and gets what is missing. Run again after any kind of end it goes on where it was.
     *
     * @throws ModelException when the hub refuses, nothing can be chosen, the disk is too small or the files arrive
     *     damaged
     */
    public Result run(HubRef ref) throws ModelException, IOException, InterruptedException {
        Variants.Variant variant = Variants.of(ref, hub.files(ref)).choose();
        Path home = folder.resolve(ref.owner()).resolve(ref.repo());
        List<HubFile> missing = new ArrayList<>();
        for (HubFile file : variant.files()) {
            if (!isHere(file, home.resolve(file.path()))) {
                missing.add(file);
            }
        }
        requireRoom(home, missing);
        for (HubFile file : missing) {
            new Download(hub, ref, file, home.resolve(file.path()), watch).run();
        }
        return new Result(home.resolve(variant.files().getFirst().path()), variant.bytes(), missing.isEmpty());
    }

    /** A file has its own name only once its hash was right. */
    private static boolean isHere(HubFile file, Path path) throws IOException {
        return Files.isRegularFile(path) && Files.size(path) == file.bytes();
    }

    private void requireRoom(Path home, List<HubFile> missing) throws IOException, ModelException {
        long needed = 0;
        for (HubFile file : missing) {
            Path part = Download.partOf(home.resolve(file.path()));
            needed += file.bytes() - (Files.exists(part) ? Math.min(file.bytes(), Files.size(part)) : 0);
        }
        if (needed == 0) {
            return;
        }
        Files.createDirectories(home);
        long free = Files.getFileStore(home).getUsableSpace();
        if (needed > free) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "%,.1f GB are needed in %s, and %,.1f GB are free. Make room, or choose another disk with XDG_DATA_HOME"
                            .formatted(needed / 1e9, folder, free / 1e9));
        }
    }
}
