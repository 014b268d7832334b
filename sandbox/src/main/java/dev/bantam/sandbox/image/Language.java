package dev.bantam.sandbox.image;

import java.util.List;
import java.util.Set;

/** What a workspace is written in, and what of Debian its tools are. */
public enum Language {
    C(
            Set.of("cmakelists.txt", "configure", "configure.ac", "meson.build"),
            Set.of("c", "cc", "cpp", "cxx", "h", "hpp"),
            List.of("gcc", "g++", "libc6-dev", "cmake", "pkg-config")),
    GO(Set.of("go.mod"), Set.of("go"), List.of("golang-go")),
    JAVA(
            Set.of("pom.xml", "build.gradle", "build.gradle.kts", "settings.gradle"),
            Set.of("java", "kt"),
            List.of("openjdk-25-jdk-headless", "maven")),
    JAVASCRIPT(Set.of("package.json"), Set.of("js", "mjs", "ts", "tsx", "jsx"), List.of("nodejs", "npm")),
    PYTHON(
            Set.of("pyproject.toml", "requirements.txt", "setup.py", "tox.ini"),
            Set.of("py"),
            List.of("python3-venv", "python3-pip", "python3-pytest")),
    RUST(Set.of("cargo.toml"), Set.of("rs"), List.of("cargo", "rustc", "gcc", "libc6-dev"));

    private final Set<String> files;
    private final Set<String> endings;
    private final List<String> packages;

    Language(Set<String> files, Set<String> endings, List<String> packages) {
        this.files = files;
        this.endings = endings;
        this.packages = packages;
    }

    /** Whether a file of this name, in small letters, tells of it. */
    boolean shownBy(String name) {
        return files.contains(name) || endings.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    List<String> packages() {
        return packages;
    }

    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
