package dev.bantam.sandbox.image;

import dev.bantam.sandbox.docker.EngineImages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes a default image where no registry can be reached, from a Debian mirror: with mmdebstrap, or else with debootstrap,
 * which must be run as root.
 */
public final class WithoutRegistry {
    private static final Path FOLDER = Path.of("/var/tmp"); // on a disk also where /tmp lies in memory

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
        boolean root = "root".equals(System.getProperty("user.name"));
        if (present("mmdebstrap")) {
            withMmdebstrap(recipe, images);
        } else if (present("debootstrap") && root) {
            withDebootstrap(recipe, images);
        } else {
            throw new IOException("without a registry, the image is made from a Debian mirror with mmdebstrap, or as"
                    + " root with debootstrap. Install mmdebstrap (apt-get install mmdebstrap), or build the image where"
                    + " there is a network: docker save it there, and docker load it here");
        }
    }

    private void withMmdebstrap(Recipe recipe, EngineImages images) throws IOException, InterruptedException {
        Path archive = Files.createTempFile(FOLDER, "bantam-image", ".tar");
        try {
            run(
                    "mmdebstrap",
                    "--variant=minbase",
                    "--dpkgopt=path-exclude=/usr/share/man/*",
                    "--dpkgopt=path-exclude=/usr/share/doc/*",
                    "--include=" + String.join(",", recipe.packages()),
                    Recipe.RELEASE,
                    archive.toString(),
                    mirror);
            progress.accept("Giving " + Files.size(archive) / 1_000_000 + " MB to the engine");
            try (InputStream stream = Files.newInputStream(archive)) {
                images.load(recipe.name(), stream);
            }
        } finally {
            Files.delete(archive);
        }
    }

    /** Its own way of taking packages knows no virtual ones, such as Rust needs; so apt takes them, inside. */
    private void withDebootstrap(Recipe recipe, EngineImages images) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(FOLDER, "bantam-image");
        try {
            String root = folder.resolve("root").toString();
            run("debootstrap", "--variant=minbase", Recipe.RELEASE, root, mirror);
            List<String> words = List.of("chroot", root, "apt-get", "install", "-y", "--no-install-recommends");
            List<String> install = new java.util.ArrayList<>(words);
            install.addAll(recipe.packages());
            run(install.toArray(String[]::new));
            run("chroot", root, "apt-get", "clean");
            Process tar = new ProcessBuilder("tar", "-c", "-C", root, "--exclude=./var/lib/apt/lists/*", ".")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream stream = tar.getInputStream()) {
                images.load(recipe.name(), stream);
            }
        } finally {
            new ProcessBuilder("rm", "-rf", "--one-file-system", folder.toString())
                    .start()
                    .waitFor();
        }
    }

    private void run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        String last = "";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                progress.accept(line);
                last = line.isBlank() ? last : line;
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException(command[0] + " failed: " + last);
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
