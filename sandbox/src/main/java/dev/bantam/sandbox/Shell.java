package dev.bantam.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * How a line becomes a process: bash where there is one, else sh; in a session of its own where {@code setsid} exists,
 * so that it has no terminal to ask; with nothing to read from standard input.
 */
final class Shell {
    static final String INSIDE = "/bin/sh";

    /**
     * The first shell waits until its input is closed, by which time somebody reads its output. Then it limits itself:
     * no core dumps, files of 20 GiB at most, 4,096 open files.
     */
    private static final String PRELUDE =
            "read -r go; ulimit -c 0; ulimit -f 20971520; ulimit -S -n 4096; } 2>/dev/null; exec \"$0\" ";

    private static final String TERMINAL_PRELUDE =
            "{ stty sane cols \"$2\" rows \"$3\"; ulimit -c 0; ulimit -f 20971520; ulimit -S -n 4096; } 2>/dev/null; exec \"$0\" ";

    private static final String RUN_LINE = "{ " + PRELUDE + "-c \"$1\" </dev/null";
    private static final String RUN_FILE = "{ " + PRELUDE + "\"$1\" </dev/null";
    private static final String TERMINAL_LINE = TERMINAL_PRELUDE + "-c \"$1\"";

    /** Linux takes at most 128 KiB in one argument. */
    private static final int MAX_ARGUMENT_BYTES = 100_000;

    private final String shell;
    private final List<String> ownSession;
    private final String script;
    private final Path folder;
    private final Queue<Path> scripts = new ConcurrentLinkedQueue<>();

    private Shell(String shell, String script, List<String> ownSession, Path folder) {
        this.folder = folder;
        this.shell = shell;
        this.script = script;
        this.ownSession = ownSession;
    }

    /** Of the system's own programs, for an enclosure in which this folder is seen under the same name. */
    static Shell inside(Path folder) {
        return find("", folder);
    }

    static Shell foundOn(String searchPath) {
        return find(searchPath, Path.of(System.getProperty("java.io.tmpdir")));
    }

    private static Shell find(String searchPath, Path folder) {
        String bash = find("bash", searchPath);
        String setsid = find("setsid", searchPath);
        return new Shell(
                bash.isEmpty() ? "/bin/sh" : bash,
                find("script", searchPath),
                setsid.isEmpty() ? List.of() : List.of(setsid),
                folder);
    }

    private static String find(String program, String searchPath) {
        for (String folder : (searchPath + File.pathSeparator + "/usr/bin" + File.pathSeparator + "/bin")
                .split(File.pathSeparator)) {
            File file = new File(folder, program);
            if (file.isAbsolute() && file.isFile() && file.canExecute()) {
                return file.getPath();
            }
        }
        return "";
    }

    List<String> commandLine(String line) throws IOException {
        if (line.indexOf('\0') >= 0) {
            throw new IOException("The command holds a NUL character, which no shell takes. Send it without.");
        }
        List<String> words = new ArrayList<>(ownSession);
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_ARGUMENT_BYTES) {
            words.addAll(List.of(shell, "-c", RUN_LINE, shell, line));
        } else {
            Path script = Files.createTempFile(folder, "bantam-", ".sh"); // readable by its owner only
            scripts.add(script);
            Files.write(script, bytes);
            words.addAll(List.of(shell, "-c", RUN_FILE, shell, script.toString()));
        }
        return words;
    }

    /** Java knows no terminals; the program {@code script} of util-linux makes one, and tells the exit code. */
    List<String> terminalCommandLine(String line, int columns, int rows) throws IOException {
        if (script.isEmpty() || !LinuxProcesses.AVAILABLE) {
            throw new IOException(
                    "A terminal needs Linux and its program \"script\", of util-linux. Install it, or run the"
                            + " command without a terminal.");
        }
        List<String> inner =
                List.of(shell, "-c", TERMINAL_LINE, shell, line, Integer.toString(columns), Integer.toString(rows));
        List<String> words = new ArrayList<>(ownSession);
        words.addAll(List.of(
                script,
                "-q",
                "-e",
                "-f",
                "-c",
                "exec " + inner.stream().map(Shell::quoted).collect(Collectors.joining(" ")),
                "/dev/null"));
        return words;
    }

    /** As one word of any shell; {@code script} takes the user's own. */
    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** Deletes the scripts of long commands. A shell reads its script as it goes, so it cannot be done earlier. */
    void close() {
        for (Path script = scripts.poll(); script != null; script = scripts.poll()) {
            script.toFile().delete();
        }
    }
}
