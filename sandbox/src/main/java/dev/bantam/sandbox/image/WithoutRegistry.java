package dev.bantam.sandbox.image;

import com.sun.security.auth.module.UnixSystem;
import dev.bantam.sandbox.docker.EngineImages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes a default image where no registry can be reached, from a Debian mirror: with mmdebstrap, or else with debootstrap,
 * which must be run as root.
 */
public final class WithoutRegistry {
    private static final Path FOLDER = Path.of("/var/tmp"); // on a disk also where /tmp lies in memory

    private static final int TOLD_LINES = 4;

    private final String mirror;
    private final Consumer<String> progress;

    public WithoutRegistry(String mirror, Consumer<String> progress) {
        this.mirror = mirror;
        this.progress = progress;
    }

    /** @throws IOException when it cannot be done here, or fails; the message says what is missing */
    public void make(Recipe recipe, EngineImages images) throws IOException, InterruptedException {
        if (recipe.packages().isEmpty()) {
            throw new IOException("an image of a Dockerfile of its own needs the registry that the Dockerfile names");
        }
        Path folder = Files.createTempDirectory(FOLDER, "bantam-image");
        try {
            String files = folder.resolve("files.tar").toString();
            if (present("mmdebstrap")) {
                withMmdebstrap(recipe, files);
            } else if (present("debootstrap") && new UnixSystem().getUid() == 0) {
                withDebootstrap(recipe, folder.resolve("root").toString(), files);
            } else {
                throw new IOException(
                        "without a registry, the image is made from a Debian mirror with mmdebstrap, or as"
                                + " root with debootstrap. Install mmdebstrap (apt-get install mmdebstrap), or build the image"
                                + " where there is a network: docker save it there, and docker load it here");
            }
            give(recipe, folder, images);
        } finally {
            run("rm", "-rf", "--one-file-system", folder.toString());
        }
    }

    /** The engine's own import of archives fails with docker-java 3.7.1, so a Dockerfile adds the files. */
    private void give(Recipe recipe, Path folder, EngineImages images) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nADD files.tar /\nENV LANG=C.UTF-8\n");
        Process tar = new ProcessBuilder("tar", "-c", "-C", folder.toString(), "Dockerfile", "files.tar")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream context = tar.getInputStream()) {
            images.build(recipe.name(), context, progress);
        } finally {
            tar.destroy();
        }
    }

    private void withMmdebstrap(Recipe recipe, String files) throws IOException, InterruptedException {
        run(
                "mmdebstrap",
                "--variant=minbase",
                "--dpkgopt=path-exclude=/usr/share/man/*",
                "--dpkgopt=path-exclude=/usr/share/doc/*",
                "--essential-hook=mkdir -p \"$1/usr/share/man/man1\"", // the packages of Java need it
                "--include=" + String.join(",", recipe.packages()),
                Recipe.RELEASE,
                files,
                mirror);
    }

    /** Its own way of taking packages knows no virtual ones, such as Rust needs; so apt takes them, inside. */
    private void withDebootstrap(Recipe recipe, String root, String files) throws IOException, InterruptedException {
        run("debootstrap", "--variant=minbase", Recipe.RELEASE, root, mirror);
        List<String> install =
                new ArrayList<>(List.of("chroot", root, "apt-get", "install", "-y", "--no-install-recommends"));
        install.addAll(recipe.packages());
        run(install.toArray(String[]::new));
        run("chroot", root, "apt-get", "clean");
        run("tar", "-c", "-C", root, "--exclude=./var/lib/apt/lists/*", "-f", files, ".");
    }

    private void run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        Deque<String> last = new ArrayDeque<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                progress.accept(line);
                last.add(line.strip());
                if (last.size() > TOLD_LINES) {
                    last.remove();
                }
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException(command[0] + " failed, and said at last: " + String.join(" / ", last));
        }
    }

    private static boolean present(String program) {
        for (String folder : (System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin").split(":")) {
            if (Files.isExecutable(Path.of(folder.isEmpty() ? "/" : folder, program))) {
                return true;
            }
        }
        return false;
    }
}
