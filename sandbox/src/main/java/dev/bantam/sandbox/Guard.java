package dev.bantam.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A small process that outlives this program when it is killed, and then ends what its session has left running: the
 * kernel closes the pipe that the guard reads. On Linux only; elsewhere nothing finds those processes.
 */
final class Guard implements AutoCloseable {
    /** Reads a word on an orderly end; kills every process with the session's mark when the pipe breaks instead. */
    private static final String SCRIPT = """
            trap '' HUP INT TERM
            read -r word && exit
            # First without a process more: after a fork bomb there may be no room for one.
            for round in 1 2 3 4 5 6 7 8 9; do
              found=
              [ -r "$1" ] && while read -r pid; do
                kill -9 "$pid" 2>/dev/null && found=1
              done <"$1"
              [ "$found" ] || break
            done
            for round in 1 2 3 4 5; do
              found=
              for file in /proc/[0-9]*/environ; do
                if grep -qs "$0" "$file"; then
                  pid=${file#/proc/}
                  kill -9 "${pid%/environ}" 2>/dev/null && found=1
                fi
              done
              [ "$found" ] || exit
            done
            """;

    private final String mark;
    private Process process; // guarded by this

    Guard(String session) {
        mark = Environment.MARK + "=" + session + "/";
    }

    /** @param group the file that lists the session's processes, where the kernel keeps them together */
    synchronized void start(Optional<Path> group) throws IOException {
        if (process == null && LinuxProcesses.AVAILABLE) {
            ProcessBuilder builder = new ProcessBuilder(
                            "setsid",
                            "/bin/sh",
                            "-c",
                            SCRIPT,
                            mark,
                            group.map(Path::toString).orElse(""))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
            process = builder.start();
        }
    }

    @Override
    public synchronized void close() {
        if (process != null) {
            try (OutputStream pipe = process.getOutputStream()) {
                pipe.write("done\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // it was killed by somebody else, and there is nothing left to guard
            }
        }
    }
}
