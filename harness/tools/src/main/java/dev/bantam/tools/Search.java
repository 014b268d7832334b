package dev.bantam.tools;

import dev.bantam.api.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One search through files: collects what it finds until there is enough of it, or no time left. */
final class Search implements AutoCloseable {
    static final int MAX_MATCHES = 100;
    static final int MAX_LINE_CHARS = 500;
    private static final int MAX_OUTPUT_CHARS = 50 * 1024;
    private static final int LONG_LINE_BYTES = 1 << 16;
    private static final int MAX_LINE_BYTES = 8 << 20;
    private static final Duration MAX_TIME_IN_LONG_LINE = Duration.ofSeconds(4);
    private static final int MAX_UNFINISHED = 10;
    private static final int MAX_UTF16_BYTES = 20 << 20;
    private static final int LEAD_IN_CHARS = 100;
    private static final Duration MAX_TIME = Duration.ofSeconds(20);

    /** In a pattern: a line break or its escape, but not in a class of characters that are not wanted. */
    private static final Pattern LINE_BREAK = Pattern.compile(
            "\\G(?:\\\\[^n]|\\[\\^(?:\\\\.|[^\\]\\\\])*+\\]|[^\\\\\\n])*+(?:\\n|\\\\n)", Pattern.DOTALL);

    private final Workspace workspace;
    private final Pattern pattern;
    private final int context;
    private final Deadline deadline = new Deadline(MAX_TIME);
    private final StringBuilder found = new StringBuilder();
    private int matches;
    private int files;
    private String stopped = "";
    private final List<String> unfinished = new ArrayList<>(); // lines not searched whole
    private Folder folder; // the one last read from
    private Path folderPath;

    Search(Workspace workspace, Pattern pattern, int context) {
        this.workspace = workspace;
        this.pattern = pattern;
        this.context = context;
    }

    /** Searches the files below a folder that are not ignored. Those that cannot be read are passed over. */
    void folder(Path start, Glob glob) throws IOException, InterruptedException {
        for (Path file : new Tree(workspace.root(), start)) {
            if (Thread.interrupted()) {
                throw new InterruptedException("grep was cancelled");
            }
            if (glob.matches(start.relativize(file).toString().replace('\\', '/'))) {
                try {
                    file(file);
                } catch (ClosedByInterruptException e) {
                    throw e;
                } catch (IOException e) {
                    continue;
                }
            }
            if (!stopped.isEmpty()) {
                return;
            }
        }
    }

    void file(Path file) throws IOException, InterruptedException {
        enter(file.getParent());
        try (PushbackInputStream in =
                new PushbackInputStream(folder.read(file.getFileName().toString()), FileKind.HEAD_BYTES)) {
            switch (FileKind.of(in)) {
                case FileKind.Binary binary -> {}
                case FileKind.Text text -> lines(in, file);
                case FileKind.Utf16 utf16 -> lines(FileKind.utf16AsUtf8(in, MAX_UTF16_BYTES), file);
            }
        } catch (Deadline.Passed e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("grep was cancelled");
            }
            stopped = "[stopped after " + MAX_TIME.toSeconds()
                    + " s with the search unfinished; narrow the path or simplify the pattern]";
        }
    }

    private void enter(Path path) throws IOException {
        if (!path.equals(folderPath)) {
            close();
            folder = Folder.open(workspace.root(), path);
            folderPath = path;
        }
    }

    private void lines(InputStream in, Path file) throws IOException, InterruptedException {
        files++;
        String name = Shown.inOneLine(workspace.show(file));
        LineReader lines = new LineReader(in, MAX_LINE_BYTES);
        Deque<String> before = new ArrayDeque<>();
        int after = 0;
        int lastShown = 0;
        for (int number = 1; lines.next() && stopped.isEmpty(); number++) {
            String line = TextFile.display(TextFile.decode(lines.bytes()));
            int start = find(line, lines.length(), name + ":" + number);
            if (start >= 0) {
                if (isEnough()) {
                    return;
                }
                int firstBefore = number - before.size();
                if (context > 0 && !found.isEmpty() && (lastShown == 0 || firstBefore > lastShown + 1)) {
                    found.append("--\n");
                }
                for (String earlier : before) {
                    show(name, '-', firstBefore++, earlier, 0);
                }
                before.clear();
                show(name, ':', number, line, start);
                matches++;
                lastShown = number;
                after = context;
            } else if (after > 0) {
                after--;
                show(name, '-', number, line, 0);
                lastShown = number;
            } else if (context > 0) {
                before.addLast(line.substring(0, Math.min(line.length(), MAX_LINE_CHARS + 1)));
                if (before.size() > context) {
                    before.removeFirst();
                }
            }
        }
    }

    /** Where the first match starts; -1 if there is none. A long line gets only a part of the time. */
    private int find(String line, long length, String place) {
        if (length <= LONG_LINE_BYTES) {
            Matcher matcher = pattern.matcher(deadline.watch(line));
            return matcher.find() ? matcher.start() : -1;
        }
        try {
            Matcher matcher =
                    pattern.matcher(deadline.within(MAX_TIME_IN_LONG_LINE).watch(line));
            if (matcher.find()) {
                return matcher.start();
            }
            if (length > MAX_LINE_BYTES) {
                unfinished.add(place);
            }
        } catch (Deadline.Passed | StackOverflowError e) {
            deadline.check();
            unfinished.add(place);
        }
        return -1;
    }

    private boolean isEnough() {
        if (matches == MAX_MATCHES || found.length() > MAX_OUTPUT_CHARS) {
            stopped = "[first " + matches + " matches; narrow the pattern, the path or the glob to see others]";
        }
        return !stopped.isEmpty();
    }

    private void show(String name, char mark, int number, String line, int start) {
        found.append(name).append(mark).append(number).append(mark);
        int from = start + LEAD_IN_CHARS > MAX_LINE_CHARS ? start - LEAD_IN_CHARS : 0;
        int to = Math.min(line.length(), from + MAX_LINE_CHARS);
        found.append(from > 0 ? "…" : "").append(line, from, to).append(to < line.length() ? "…" : "");
        found.append('\n');
    }

    /** What the model reads. */
    String answer(String pattern, String where) {
        if (matches == 0) {
            String searched = " (" + Shown.count(files) + (files == 1 ? " text file" : " text files") + " searched)";
            found.append(
                    LINE_BREAK.matcher(pattern).find()
                            ? "Nothing found for " + pattern.replace("\n", "\\n") + " in " + where + searched
                                    + ": grep searches line by line, so a line break (\\n) in the pattern never matches."
                                    + " Search for one of the lines; context shows those around it.\n"
                            : "No match for " + pattern + " in " + where + searched + ".\n");
        }
        if (!unfinished.isEmpty()) {
            found.append("[not searched whole, because the line is too long: ")
                    .append(unfinished.stream().limit(MAX_UNFINISHED).collect(Collectors.joining(", ")))
                    .append(unfinished.size() > MAX_UNFINISHED ? ", …]\n" : "]\n");
        }
        found.append(stopped);
        return stopped.isEmpty() ? found.substring(0, found.length() - 1) : found.toString();
    }

    @Override
    public void close() throws IOException {
        if (folder != null) {
            folder.close();
        }
    }
}
