package dev.bantam.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The bubblewrap of this machine, and what it can do.
 *
 * @param closed whether it can forbid further user namespaces, as it does since 0.8
 */
record Installed(Path program, boolean closed, Identity identity) {
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");

    /** @throws IOException with what is missing and what to do */
    static Installed find(Confinement confinement) throws IOException {
        if (!LinuxProcesses.AVAILABLE) {
            throw new IOException("it is for Linux only. Use --sandbox docker");
        }
        if (confinement.workspace().getNameCount() == 0) {
            throw new IOException("the whole file system cannot be the workspace of bubblewrap. Name a folder with -C");
        }
        Path program = Stream.of(
                        (confinement.environment().getOrDefault("PATH", "") + ":/usr/bin").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "bwrap"))
                .filter(file -> file.isAbsolute() && !file.startsWith(confinement.workspace()))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("it is not installed. Install the package bubblewrap"));
        return new Installed(program, isClosed(program), Identity.forWorkspace(confinement.workspace()));
    }

    private static boolean isClosed(Path program) throws IOException {
        Process asked = new ProcessBuilder(program.toString(), "--version")
                .redirectErrorStream(true)
                .start();
        String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher version = VERSION.matcher(said);
        if (!version.find()) {
            throw new IOException(program + " does not work: " + said.strip());
        }
        int major = Integer.parseInt(version.group(1));
        return major > 0 || Integer.parseInt(version.group(2)) >= 8;
    }
}
