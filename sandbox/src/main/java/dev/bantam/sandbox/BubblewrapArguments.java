package dev.bantam.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What bubblewrap is told: what a command sees, in the order in which it is put together, later over earlier. */
final class BubblewrapArguments {
    private static final List<String> SYSTEM = List.of("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");

    /** Settings of tools and of the system's libraries that hold no secret. Each is a name or a pattern of names. */
    private static final List<String> SETTINGS = List.of(
            "alternatives",
            "ld.so.cache",
            "ld.so.conf",
            "ld.so.conf.d",
            "localtime",
            "timezone",
            "nsswitch.conf",
            "host.conf",
            "os-release",
            "debian_version",
            "mime.types",
            "magic",
            "protocols",
            "services",
            "terminfo",
            "fonts",
            "pki",
            "ca-certificates",
            "crypto-policies",
            "java*",
            "maven",
            "python*",
            "perl",
            "ruby*",
            "nodejs");

    private static final List<String> CERTIFICATES = List.of("/etc/ssl/certs", "/etc/ssl/openssl.cnf");
    private static final List<String> NAMES_ON_THE_NETWORK = List.of("/etc/resolv.conf", "/etc/hosts");

    private final List<String> words = new ArrayList<>();
    private final Confinement confinement;
    private final Identity identity;
    private final Path home;

    private BubblewrapArguments(Confinement confinement, Identity identity) {
        this.confinement = confinement;
        this.identity = identity;
        this.home = home(confinement);
    }

    /** The user's home folder, of which commands see an empty one under the same name. */
    static Path home(Confinement confinement) {
        Path named = Path.of(confinement.environment().getOrDefault("HOME", "")).normalize();
        return named.isAbsolute() && named.getNameCount() > 0 ? named : Path.of("/home/user");
    }

    /**
     * @param control read-only under the same path; holds the files {@code passwd} and {@code group}
     */
    static List<String> of(Confinement confinement, Installed installed, Path control) throws IOException {
        BubblewrapArguments arguments = new BubblewrapArguments(confinement, installed.identity());
        arguments.addNamespaces(installed.closed());
        arguments.addSystem();
        arguments.addEmptyFolders();
        arguments.addSettings(control);
        arguments.addTools();
        arguments.addCaches();
        arguments.addOwn(control);
        return arguments.words;
    }

    private void addNamespaces(boolean closed) {
        add("--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try");
        if (confinement.network() != Network.FULL) {
            add("--unshare-net");
        }
        if (closed) {
            add("--disable-userns");
        }
        add("--die-with-parent", "--new-session", "--clearenv", "--hostname", "sandbox");
        add("--setenv", Environment.MARK, Environment.NO_COMMAND);
    }

    private void addSystem() throws IOException {
        add("--ro-bind", "/usr", "/usr");
        for (String folder : SYSTEM) {
            Path path = Path.of(folder);
            if (Files.isSymbolicLink(path)) {
                add("--symlink", Files.readSymbolicLink(path).toString(), folder);
            } else if (Files.isDirectory(path)) {
                add("--ro-bind", folder, folder);
            }
        }
        add("--proc", "/proc", "--dev", "/dev");
    }

    private void addEmptyFolders() {
        String size = Long.toString(confinement.limits().temporaryBytes());
        for (String folder : List.of("/tmp", "/var/tmp", "/dev/shm", home.toString())) {
            add("--size", size, "--tmpfs", folder);
        }
    }

    private void addSettings(Path control) throws IOException {
        for (String pattern : SETTINGS) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("/etc"), pattern)) {
                for (Path path : found) {
                    bindToRead(path);
                }
            }
        }
        for (String path : CERTIFICATES) {
            bindToRead(Path.of(path));
        }
        for (String path : confinement.network() == Network.FULL ? NAMES_ON_THE_NETWORK : List.<String>of()) {
            bindToRead(Path.of(path));
        }
        add("--ro-bind", control.resolve("passwd").toString(), "/etc/passwd");
        add("--ro-bind", control.resolve("group").toString(), "/etc/group");
    }

    private void addTools() throws IOException {
        for (Path folder : Toolchains.of(confinement.environment(), home)) {
            bindToRead(folder);
        }
    }

    private void addCaches() throws IOException {
        for (String name : confinement.caches() == Caches.NONE ? List.<String>of() : Caches.FOLDERS) {
            Path seen = home.resolve(name);
            if (confinement.caches() == Caches.HOST) {
                bindToRead(seen);
            } else if (confinement.cache().isPresent()) {
                Path own = makeOwn(confinement.cache().get().resolve(name));
                add("--bind", own.toString(), seen.toString());
            }
        }
    }

    private Path makeOwn(Path cache) throws IOException {
        try {
            Files.createDirectories(cache);
        } catch (IOException e) {
            throw new IOException(
                    "its cache " + cache + " cannot be made: something is in its place, or it is not yours."
                            + " Remove what is there, or set sandbox.caches to none",
                    e);
        }
        identity.handOver(cache);
        return cache;
    }

    private void addOwn(Path control) throws IOException {
        if (confinement.scratch().isPresent()) {
            bindToRead(confinement.scratch().get());
        }
        bindToRead(control);
        String workspace = confinement.workspace().toString();
        add("--bind", workspace, workspace);
        add("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", workspace);
    }

    private void bindToRead(Path path) throws IOException {
        if (Files.exists(path) && identity.reaches(path)) { // a link is replaced by what it leads to
            add("--ro-bind", path.toString(), path.toString());
        }
    }

    private void add(String... more) {
        words.addAll(List.of(more));
    }
}
