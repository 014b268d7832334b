package dev.bantam.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Reads {@code /proc}. Processes that vanish meanwhile, and those of other users, are passed over. */
final class LinuxProcesses {
    static final long NO_PROCESS = -1;

    private static final Path PROC = Path.of("/proc");
    static final boolean AVAILABLE = Files.isReadable(PROC.resolve("self/environ"));

    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");
    private static final Pattern OWN = Pattern.compile("(?m)^(?:Pss_Anon|Pss_Shmem|SwapPss):\\s+(\\d+) kB");

    /**
     * What makes a process a member, besides having a parent that is one.
     *
     * @param head the process at the top, and the number of its login session; or {@link #NO_PROCESS}
     * @param mark occurs in its environment
     * @param others are members too
     */
    record Membership(long head, String mark, Supplier<Set<Long>> others) {}

    private record Entry(long pid, char state, long parent, long loginSession) {
        boolean isDead() {
            return state == 'Z' || state == 'X';
        }
    }

    private LinuxProcesses() {}

    static Collection<ProcessHandle> find(Membership membership) {
        List<Entry> running = running();
        Set<Long> others = membership.others.get();
        Map<Long, Entry> members = new TreeMap<>();
        for (Entry entry : running) {
            if (entry.pid == membership.head
                    || entry.loginSession == membership.head
                    || others.contains(entry.pid)
                    || environment(entry.pid).contains(membership.mark)) {
                members.put(entry.pid, entry);
            }
        }
        Set<Long> heads = new HashSet<>(members.keySet()); // one that emptied its environment is in their session still
        running.stream()
                .filter(entry -> heads.contains(entry.loginSession))
                .forEach(entry -> members.put(entry.pid, entry));
        addDescendants(members, running);
        return members.keySet().stream()
                .map(ProcessHandle::of)
                .flatMap(Optional::stream)
                .toList();
    }

    private static void addDescendants(Map<Long, Entry> members, List<Entry> running) {
        for (boolean grown = !members.isEmpty(); grown; ) {
            grown = false;
            for (Entry entry : running) {
                grown |= members.containsKey(entry.parent) && members.put(entry.pid, entry) == null;
            }
        }
    }

    /** The process and all that descend from it. */
    static Set<Long> below(long head) {
        List<Entry> running = running();
        Map<Long, Entry> members = new TreeMap<>();
        running.stream().filter(entry -> entry.pid == head).forEach(entry -> members.put(entry.pid, entry));
        addDescendants(members, running);
        return members.keySet();
    }

    /** Those whose environment can be seen and has no variable of this name. */
    static Set<Long> without(String variable, Set<Long> pids) {
        Set<Long> without = new HashSet<>();
        for (long pid : pids) {
            try {
                String environment = Files.readString(PROC.resolve(pid + "/environ"), StandardCharsets.ISO_8859_1);
                if (!("\0" + environment).contains("\0" + variable + "=")) {
                    without.add(pid);
                }
            } catch (IOException e) {
                // it is gone, or another user's
            }
        }
        return without;
    }

    private static List<Entry> running() {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path folder : folders) {
                Entry entry = parse(read(folder.resolve("stat")));
                if (entry != null && !entry.isDead()) {
                    entries.add(entry);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("/proc cannot be listed, so commands cannot be ended: " + e, e);
        }
        return entries;
    }

    /** {@code 12 (any (name)) S parent group session …}; null if the process is gone. */
    private static Entry parse(String stat) {
        int nameEnd = stat.lastIndexOf(')');
        if (nameEnd < 0) {
            return null;
        }
        String[] fields = stat.substring(nameEnd + 2).split(" ");
        return new Entry(
                Long.parseLong(stat.substring(0, stat.indexOf(' '))),
                fields[0].charAt(0),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[3]));
    }

    private static String environment(long pid) {
        return read(PROC.resolve(pid + "/environ"));
    }

    /** Memory in use, counted again for each process that shares it. */
    static long residentBytes(Collection<Long> pids) {
        return pids.stream()
                .mapToLong(pid -> bytes(read(PROC.resolve(pid + "/status")), RESIDENT))
                .sum();
    }

    /** Memory in use that is backed by no file; what is shared counts once, and what was swapped out counts too. */
    static long ownBytes(Collection<Long> pids) {
        return pids.stream()
                .mapToLong(pid -> {
                    String shares = read(PROC.resolve(pid + "/smaps_rollup"));
                    return shares.isEmpty() ? residentBytes(List.of(pid)) : bytes(shares, OWN);
                })
                .sum();
    }

    private static long bytes(String text, Pattern lines) {
        return lines.matcher(text)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)) << 10)
                .sum();
    }

    /** What a process reads from, if that can be seen and is a file. */
    static Optional<Path> standardInput(long pid) {
        try {
            return Optional.of(Files.readSymbolicLink(PROC.resolve(pid + "/fd/0")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
