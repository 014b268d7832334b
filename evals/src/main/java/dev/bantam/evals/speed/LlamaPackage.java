package dev.bantam.evals.speed;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Prebuilt llama.cpp libraries for the comparison, from the npm package node-llama-cpp (MIT). Installed into a cache folder
 * when asked for, never shipped.
 */
final class LlamaPackage {
    private static final String NAME = "@node-llama-cpp/linux-x64";
    private static final String VERSION = "3.22.1";

    private LlamaPackage() {}

    /** The folder with the libraries, installed first if they are absent and {@code offline} does not forbid it. */
    static Path libraries(Path cache, boolean offline, PrintStream out) throws IOException, InterruptedException {
        if (!System.getProperty("os.name").equals("Linux")
                || !System.getProperty("os.arch").equals("amd64")) {
            throw new IOException("llama.cpp is compared on Linux on x86-64 only; leave out --peers");
        }
        Path folder = cache.resolve("llama.cpp-" + VERSION);
        Path libraries = folder.resolve("node_modules/" + NAME + "/bins/linux-x64");
        if (Files.isDirectory(libraries)) {
            return libraries;
        }
        if (offline) {
            throw new IOException("llama.cpp is not in " + folder
                    + ", and --offline forbids npm to fetch it; leave out one of the two");
        }
        Files.createDirectories(folder);
        out.printf("fetching %s %s with npm into %s%n", NAME, VERSION, folder);
        out.flush();
        Process npm = new ProcessBuilder(List.of(
                        "npm",
                        "install",
                        "--no-save",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--prefix",
                        folder.toString(),
                        NAME + "@" + VERSION))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("npm.log").toFile())
                .start();
        if (npm.waitFor() != 0 || !Files.isDirectory(libraries)) {
            throw new IOException("npm did not bring llama.cpp; what it said is in " + folder.resolve("npm.log"));
        }
        return libraries;
    }
}
