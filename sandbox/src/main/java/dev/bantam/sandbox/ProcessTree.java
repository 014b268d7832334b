package dev.bantam.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All processes that belong to one command, or to all commands of a session. On Linux they are found by their ancestry,
 * by their login session, and by the mark in their environment, which survives {@code setsid}, {@code nohup} and a double
 * fork. Elsewhere they are found by ancestry, looked up again and again while the command runs.
 *
 * <p>A process that clears its environment, starts a session of its own and outlives its parent is lost to its command.
 * Where the session's processes are known otherwise, it goes with whichever command is ended first.
 */
final class ProcessTree {
    private static final Duration GRACE = Duration.ofMillis(500);
    private static final Duration GIVE_UP = Duration.ofSeconds(5);

    private final Optional<ProcessHandle> head;
    private final LinuxProcesses.Membership membership;
    private final Set<ProcessHandle> seen = ConcurrentHashMap.newKeySet();

    private ProcessTree(Optional<ProcessHandle> head, LinuxProcesses.Membership membership) {
        this.head = head;
        this.membership = membership;
    }

    /** @param session all that is known to run in it */
    static ProcessTree of(ProcessHandle head, String mark, Supplier<Set<Long>> session) {
        return new ProcessTree(
                Optional.of(head),
                new LinuxProcesses.Membership(
                        head.pid(), Environment.MARK + "=" + mark + "\0", () -> lost(session.get())));
    }

    /** Of a command whose first process this program did not start itself. */
    static ProcessTree marked(String mark, Supplier<Set<Long>> session) {
        return new ProcessTree(
                Optional.empty(),
                new LinuxProcesses.Membership(
                        LinuxProcesses.NO_PROCESS, Environment.MARK + "=" + mark + "\0", () -> lost(session.get())));
    }

    private static Set<Long> lost(Set<Long> session) {
        return LinuxProcesses.without(Environment.MARK, session);
    }

    /** @param others that belong to it besides those with its mark */
    static ProcessTree ofSession(String session, Supplier<Set<Long>> others) {
        return new ProcessTree(
                Optional.empty(),
                new LinuxProcesses.Membership(
                        LinuxProcesses.NO_PROCESS, Environment.MARK + "=" + session + "/", others));
    }

    /** As {@link #ofSession(String, Supplier)}, and all below one process. */
    static ProcessTree ofSession(ProcessHandle head, String session) {
        return new ProcessTree(
                Optional.of(head),
                new LinuxProcesses.Membership(head.pid(), Environment.MARK + "=" + session + "/", Set::of));
    }

    /** Notes the descendants there are, where they cannot be found once their parent is gone. */
    void look() {
        if (!LinuxProcesses.AVAILABLE) {
            head.ifPresent(handle -> handle.descendants().forEach(seen::add));
        }
    }

    /** Takes over what another tree has seen and is still running. */
    void remember(ProcessTree other) {
        seen.removeIf(handle -> !handle.isAlive());
        other.seen.stream().filter(ProcessHandle::isAlive).forEach(seen::add);
    }

    /** Asks every member to end, and after a short grace kills what is left. Puts off interruption until it is done. */
    void end() {
        boolean interrupted = Thread.interrupted();
        long start = System.nanoTime();
        Set<ProcessHandle> asked = new HashSet<>();
        Collection<ProcessHandle> members = members();
        while (!members.isEmpty() && System.nanoTime() - start < GIVE_UP.toNanos()) {
            boolean kill = System.nanoTime() - start > GRACE.toNanos();
            for (ProcessHandle member : members) {
                if (kill) {
                    member.destroyForcibly();
                } else if (asked.add(member)) {
                    member.destroy();
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            interrupted |= Thread.interrupted();
            members = members();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What the members use now; nothing where it cannot be seen.
     *
     * @param enough up to this much memory a quick count will do, which takes shared memory several times
     */
    Watchdog.Usage usage(long enough) {
        if (!LinuxProcesses.AVAILABLE) {
            return new Watchdog.Usage(0, 0);
        }
        List<Long> pids = members().stream().map(ProcessHandle::pid).toList();
        long memory = LinuxProcesses.residentBytes(pids);
        return new Watchdog.Usage(pids.size(), memory <= enough ? memory : LinuxProcesses.ownBytes(pids));
    }

    /** The terminal that a member reads from. */
    Optional<Path> terminal() {
        return members().stream()
                .map(ProcessHandle::pid)
                .sorted()
                .map(LinuxProcesses::standardInput)
                .flatMap(Optional::stream)
                .filter(file -> file.startsWith("/dev/pts"))
                .findFirst();
    }

    private Collection<ProcessHandle> members() {
        if (LinuxProcesses.AVAILABLE) {
            return LinuxProcesses.find(membership);
        }
        look();
        List<ProcessHandle> grandchildren =
                seen.stream().flatMap(ProcessHandle::descendants).toList();
        seen.addAll(grandchildren);
        return Stream.concat(head.stream(), seen.stream())
                .filter(ProcessHandle::isAlive)
                .toList();
    }
}
