package dev.bantam.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A control group of the kernel's for the commands of one session, where this program may make one: as root, or where its
 * own group was delegated to it. Its limit of memory lies above the watchdog's, for what is faster than the watchdog looks.
 *
 * <p>Knows both versions: one folder below {@code /sys/fs/cgroup}, or one for each controller.
 */
final class ControlGroup implements AutoCloseable {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final Path OWN = Path.of("/proc/self/cgroup");
    private static final String NAME = "bantam-";

    /** After this, a group in which nothing runs is nobody's. */
    private static final Duration SETTLED = Duration.ofMinutes(5);

    /** Processes of the enclosure itself. */
    private static final int ITS_OWN = 16;

    private static final int TRIES = 40;
    private static final long PAUSE_MILLIS = 25;

    private final List<Path> folders;
    private final Path kills; // has a line "oom_kill N"

    private ControlGroup(List<Path> folders, Path kills) {
        this.folders = folders;
        this.kills = kills;
    }

    /** Empty where this program may not make one. */
    static Optional<ControlGroup> make(Limits limits, String name) {
        long bytes = limits.memoryBytes() + limits.memoryBytes() / 4;
        List<Path> made = new ArrayList<>();
        try {
            if (Files.exists(ROOT.resolve("cgroup.controllers"))) {
                Path group = create(ROOT, own(""), name, made);
                Files.writeString(group.resolve("memory.max"), Long.toString(bytes));
                Files.writeString(group.resolve("pids.max"), Integer.toString(limits.processes() + ITS_OWN));
                return Optional.of(new ControlGroup(made, group.resolve("memory.events")));
            }
            Path memory = create(ROOT.resolve("memory"), own("memory"), name, made);
            Files.writeString(memory.resolve("memory.limit_in_bytes"), Long.toString(bytes));
            Path processes = create(ROOT.resolve("pids"), own("pids"), name, made);
            Files.writeString(processes.resolve("pids.max"), Integer.toString(limits.processes() + ITS_OWN));
            return Optional.of(new ControlGroup(made, memory.resolve("memory.oom_control")));
        } catch (IOException | UnsupportedOperationException e) { // not ours to make: the watchdog and rlimits remain
            remove(made);
            return Optional.empty();
        }
    }

    /** Below this program's own group, or at the top where only a part of the tree can be seen. */
    private static Path create(Path mount, String own, String name, List<Path> made) throws IOException {
        Path below = mount.resolve(own.substring(1));
        Path parent = Files.isDirectory(below) ? below : mount;
        sweep(parent);
        Path group = parent.resolve(NAME + name);
        Files.createDirectory(group);
        made.add(group);
        return group;
    }

    /** Removes groups that killed programs left behind; the kernel keeps those in which something runs. */
    private static void sweep(Path parent) throws IOException {
        FileTime old = FileTime.from(Instant.now().minus(SETTLED));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, NAME + "*")) {
            for (Path group : left) {
                if (Files.getLastModifiedTime(group).compareTo(old) < 0) {
                    group.toFile().delete();
                }
            }
        }
    }

    private static String own(String controller) throws IOException {
        try (Stream<String> lines = Files.lines(OWN)) {
            return lines.map(line -> line.split(":", 3))
                    .filter(fields -> List.of(fields[1].split(",")).contains(controller))
                    .map(fields -> fields[2])
                    .findFirst()
                    .orElse("/");
        }
    }

    /** What goes before a program's words so that it, and all that it starts, is in this group. */
    List<String> prefix() {
        String join = folders.stream()
                .map(folder -> "echo $$ >"
                        + Shell.quoted(folder.resolve("cgroup.procs").toString()))
                .collect(Collectors.joining(" && "));
        return List.of("/bin/sh", "-c", join + " || exit 1; exec \"$@\"", "sh");
    }

    /** The file that lists the processes in it. */
    Path members() {
        return folders.getLast().resolve("cgroup.procs");
    }

    /** What runs in it now. */
    Set<Long> processes() {
        try (Stream<String> lines = Files.lines(members())) {
            return lines.map(Long::valueOf).collect(Collectors.toSet());
        } catch (IOException | UncheckedIOException e) {
            return Set.of(); // the group is gone
        }
    }

    /** How many processes the kernel has ended for want of memory. */
    long kills() {
        try (Stream<String> lines = Files.lines(kills)) {
            return lines.filter(line -> line.startsWith("oom_kill "))
                    .mapToLong(line -> Long.parseLong(line.substring("oom_kill ".length())))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // the group is gone, and with it who was in it
        }
    }

    /** Removes the group once its processes are gone; they have been ended. */
    @Override
    public void close() {
        remove(folders);
    }

    private static void remove(List<Path> folders) {
        for (Path folder : folders) {
            for (int i = 0; i < TRIES && !folder.toFile().delete() && Files.exists(folder); i++) {
                try {
                    Thread.sleep(PAUSE_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return; // an empty group that is left over does no harm
                }
            }
        }
    }
}
