package dev.bantam.model.hub;

import dev.bantam.api.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * Brings one file here: into {@code FILE.part} first, which a later run goes on with, and under its own name once size and
 * hash are right. A connection that breaks is taken up again where it broke.
 */
final class Download {
    private final Hub hub;
    private final HubRef ref;
    private final HubFile file;
    private final Path target;
    private final Watch watch;

    Download(Hub hub, HubRef ref, HubFile file, Path target, Watch watch) {
        this.hub = hub;
        this.ref = ref;
        this.file = file;
        this.target = target;
        this.watch = watch;
    }

    static Path partOf(Path target) {
        return target.resolveSibling(target.getFileName() + ".part");
    }

    void run() throws IOException, ModelException, InterruptedException {
        Files.createDirectories(target.getParent());
        try {
            complete();
        } catch (ClosedByInterruptException interrupted) {
            Thread.interrupted();
            throw new InterruptedException();
        }
        Files.move(partOf(target), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        watch.complete(file);
    }

    private void complete() throws IOException, ModelException, InterruptedException {
        try (PartFile part = PartFile.open(partOf(target), file.bytes())) {
            boolean wasThere = part.length() > 0;
            watch.begins(file, part.length());
            fill(part);
            String hash = part.sha256();
            if (file.sha256().isPresent() && !file.sha256().get().equals(hash)) {
                part.clear();
                if (wasThere) {
                    watch.says("what was here of " + file.name() + " does not fit to the rest; getting it anew");
                    fill(part);
                    hash = part.sha256();
                }
                if (!file.sha256().get().equals(hash)) {
                    part.clear();
                    throw damaged(hash);
                }
            }
            part.force();
        }
    }

    /** Tries until all bytes are there. Each try that brings something is taken as the first again. */
    private void fill(PartFile part) throws IOException, ModelException, InterruptedException {
        int failed = 0;
        Duration pause = hub.settings().pause();
        while (part.length() < file.bytes()) {
            long before = part.length();
            String problem;
            try {
                problem = receive(part);
            } catch (PartFile.DiskException e) {
                throw e;
            } catch (IOException e) {
                if (Thread.interrupted() || e.getCause() instanceof InterruptedException) {
                    throw new InterruptedException();
                }
                problem = Hub.reason(e);
            }
            if (part.length() >= file.bytes()) {
                return;
            }
            boolean better = part.length() > before;
            failed = better ? 0 : failed + 1;
            pause = better ? hub.settings().pause() : pause.multipliedBy(2);
            if (failed >= hub.settings().tries()) {
                throw new ModelException(
                        ModelException.Kind.UNREACHABLE,
                        "%s could not be got: %s. %,d of %,d bytes are here; run this again to go on"
                                .formatted(file.name(), problem, part.length(), file.bytes()));
            }
            watch.says("the connection broke off (" + problem + "); going on with " + file.name());
            Thread.sleep(pause);
        }
    }

    /** Takes what one response has. Returns what was wrong, should bytes be missing then. */
    private String receive(PartFile part) throws IOException, ModelException, InterruptedException {
        HttpResponse<InputStream> response = hub.content(ref, file, part.length());
        try (InputStream body = response.body();
                Silence silence = new Silence(body, hub.settings().silence())) {
            switch (response.statusCode()) {
                case 206 -> {
                    if (!beginsAt(response, part.length())) {
                        part.clear();
                        return "it did not send the bytes that were asked for";
                    }
                }
                case 200 -> part.clear(); // it sends everything, whatever was asked for
                case 416 -> {
                    part.clear();
                    return "it has not so many bytes";
                }
                default -> {
                    return "it answers with status " + response.statusCode();
                }
            }
            part.append(body, file.bytes(), length -> {
                silence.broken();
                watch.has(file, length);
            });
            return "it ended early";
        }
    }

    private static boolean beginsAt(HttpResponse<?> response, long from) {
        return response.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + from + "-");
    }

    private ModelException damaged(String hash) {
        return new ModelException(
                ModelException.Kind.UNUSABLE,
                "%s arrived damaged: its SHA-256 is %s…, and should be %s…. Nothing was kept; run this again"
                        .formatted(
                                file.name(),
                                hash.substring(0, 12),
                                file.sha256().orElseThrow().substring(0, 12)));
    }
}
