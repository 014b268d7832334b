package dev.bantam.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.PullResponseItem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The images that an engine has, and how it gets others. */
public final class EngineImages {
    private final DockerClient client;

    EngineImages(DockerClient client) {
        this.client = client;
    }

    /** Whether this one is there, so that nothing need be fetched. */
    public boolean has(String name) throws IOException {
        try {
            client.inspectImageCmd(name).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        } catch (RuntimeException e) {
            throw Faults.asIo("the engine cannot be asked for the image " + name, e);
        }
    }

    /** The names of all that are there, each with its tag. */
    public Set<String> names() throws IOException {
        try {
            Set<String> names = new TreeSet<>();
            for (Image image : client.listImagesCmd().exec()) {
                if (image.getRepoTags() != null) {
                    names.addAll(Set.of(image.getRepoTags()));
                }
            }
            return names;
        } catch (RuntimeException e) {
            throw Faults.asIo("the engine cannot be asked for its images", e);
        }
    }

    /**
     * Builds an image of a Dockerfile that needs no files beside it; the engine fetches what it names.
     *
     * @param progress receives what the engine says, line by line
     * @throws IOException when a step fails; the message is the engine's
     */
    public void build(String name, String dockerfile, Consumer<String> progress)
            throws IOException, InterruptedException {
        Path context = Files.createTempDirectory("bantam-image");
        Path file = Files.writeString(context.resolve("Dockerfile"), dockerfile);
        try {
            build(client.buildImageCmd(context.toFile()), name, progress);
        } finally {
            Files.delete(file);
            Files.delete(context);
        }
    }

    /** As {@link #build(String, String, Consumer)}, with a tar archive of the Dockerfile and what it needs. */
    public void build(String name, InputStream context, Consumer<String> progress)
            throws IOException, InterruptedException {
        build(client.buildImageCmd(context), name, progress);
    }

    private static void build(BuildImageCmd command, String name, Consumer<String> progress)
            throws IOException, InterruptedException {
        try {
            BuildProgress build =
                    command.withTags(Set.of(name)).withForcerm(true).exec(new BuildProgress(progress));
            build.awaitCompletion();
            if (!build.fault.isEmpty()) {
                throw new IOException(build.fault);
            }
        } catch (RuntimeException e) {
            throw Faults.asIo("the image " + name + " cannot be built", e);
        }
    }

    /**
     * Fetches an image from the registry that its name names.
     *
     * @param progress receives what the engine says, line by line
     */
    public void pull(String name, Consumer<String> progress) throws IOException, InterruptedException {
        try {
            client.pullImageCmd(name)
                    .exec(new ResultCallback.Adapter<PullResponseItem>() {
                        @Override
                        public void onNext(PullResponseItem item) {
                            if (item.getStatus() != null && item.getProgressDetail() == null) {
                                progress.accept(item.getStatus());
                            }
                        }
                    })
                    .awaitCompletion();
        } catch (RuntimeException e) {
            throw Faults.asIo("the image " + name + " cannot be fetched", e);
        }
        if (!has(name)) {
            throw new IOException("the image " + name + " cannot be fetched: the engine ended without it");
        }
    }

    private static final class BuildProgress extends ResultCallbackTemplate<BuildProgress, BuildResponseItem> {
        private final Consumer<String> progress;
        private volatile String fault = "";

        BuildProgress(Consumer<String> progress) {
            this.progress = progress;
        }

        @Override
        public void onNext(BuildResponseItem item) {
            if (item.getErrorDetail() != null) {
                fault = String.valueOf(item.getErrorDetail().getMessage());
            } else if (item.getStream() != null) {
                item.getStream().lines().filter(line -> !line.isBlank()).forEach(progress);
            } else if (item.getStatus() != null && item.getProgressDetail() == null) {
                progress.accept(item.getStatus());
            }
        }
    }
}
