package dev.bantam.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The folders of compilers and tools that the user's {@code PATH} names outside the system's own: a JDK under
 * {@code /opt}, nvm, rustup. Only such folders, never the home folder that they lie in.
 */
final class Toolchains {
    private static final List<Path> SYSTEM = Stream.of(
                    "/usr", "/bin", "/sbin", "/lib", "/lib64", "/proc", "/dev", "/sys", "/run", "/tmp")
            .map(Path::of)
            .toList();

    /** Their parents hold more than tools: keys of cargo, all that pipx and others put into .local. */
    private static final List<String> NOT_WHOLE = List.of(".cargo", ".local", ".config", ".docker");

    /** Variables that name a toolchain's home. */
    private static final List<String> HOMES =
            List.of("JAVA_HOME", "GOROOT", "RUSTUP_HOME", "CONDA_PREFIX", "VIRTUAL_ENV");

    private static final List<String> SIBLINGS_OF_BIN =
            List.of("lib", "libexec", "share", "include", "pkg", "versions");

    private Toolchains() {}

    /** Existing folders, sorted so that outer ones come first. */
    static Collection<Path> of(Map<String, String> environment, Path home) {
        Collection<Path> found = new TreeSet<>();
        for (String entry : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path folder = Path.of(entry).normalize();
            if (isOwn(folder, home)) {
                found.add(isBinOfAToolchain(folder, home) ? folder.getParent() : folder);
                addStores(found, folder, home);
            }
        }
        for (String name : HOMES) {
            Path folder = Path.of(environment.getOrDefault(name, "")).normalize();
            if (isOwn(folder, home)
                    && !home.startsWith(folder)
                    && Files.isDirectory(folder.resolve(name.equals("RUSTUP_HOME") ? "toolchains" : "bin"))) {
                found.add(folder);
            }
        }
        return found;
    }

    private static boolean isOwn(Path folder, Path home) {
        return folder.isAbsolute()
                && folder.getNameCount() > 1
                && Files.isDirectory(folder)
                && !home.startsWith(folder)
                && SYSTEM.stream().noneMatch(folder::startsWith);
    }

    private static boolean isBinOfAToolchain(Path folder, Path home) {
        Path parent = folder.getParent();
        return List.of("bin", "sbin", "shims").contains(folder.getFileName().toString())
                && parent.getNameCount() > 1
                && !home.startsWith(parent)
                && !NOT_WHOLE.contains(parent.getFileName().toString())
                && SIBLINGS_OF_BIN.stream().anyMatch(name -> Files.isDirectory(parent.resolve(name)));
    }

    /** Where the programs of a folder really lie, if that is a store of its own. */
    private static void addStores(Collection<Path> found, Path folder, Path home) {
        if (folder.equals(home.resolve(".cargo/bin")) && Files.isDirectory(home.resolve(".rustup"))) {
            found.add(home.resolve(".rustup"));
        }
        try {
            Path nix = Path.of("/nix/store");
            if (folder.toRealPath().startsWith(nix)) {
                found.add(nix);
            }
        } catch (IOException e) {
            // it vanished: then nothing of it is needed
        }
    }
}
