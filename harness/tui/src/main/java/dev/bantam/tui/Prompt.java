package dev.bantam.tui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.jline.reader.Buffer;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;

/** Reads what the person types while no run goes on: line editing, history, several lines, pasting. */
final class Prompt {
    private static final String SIGN = "› ";
    private static final String DUMB_SIGN = "> ";
    private static final String[] NEW_LINE_KEYS = {
        "\u001b\r", "\u001b\n", "\u001b[13;2u", "\u001b[13;3u", "\u001b[27;2;13~"
    };

    /** A key whose sequence begins with Escape sends all of it at once. */
    private static final long ESCAPE_MILLIS = 100;

    private final LineReader reader;
    private final LineReader questions;
    private final String sign;
    private final Pastes pastes = new Pastes();

    /** @param history file in which prompts are kept; created with its folder, readable by its owner only */
    Prompt(Terminal terminal, Ink ink, Path history, Completer completer) {
        createPrivately(history);
        reader = reader(terminal)
                .completer(completer)
                .variable(LineReader.HISTORY_FILE, history)
                .history(new DefaultHistory() {
                    @Override
                    public void add(Instant time, String line) {
                        super.add(time, pastes.unfold(line));
                    }
                })
                .option(Option.HISTORY_TIMESTAMPED, true)
                .build();
        questions = reader(terminal)
                .variable(LineReader.AMBIGUOUS_BINDING, ESCAPE_MILLIS)
                .build();
        boolean dumb = Ink.isDumb(terminal.getType());
        sign = dumb ? DUMB_SIGN : ink.paint(Ink.line(SIGN, Ink.ACCENT));
        bindKeys();
    }

    /**
     * Reads one prompt, which may have several lines.
     *
     * @param text what stands in the line already
     * @throws UserInterruptException on Ctrl+C
     * @throws EndOfFileException on Ctrl+D in an empty line, or at the end of the input
     */
    String read(String text) {
        return pastes.unfold(reader.readLine(sign, null, (Character) null, text));
    }

    /** Reads a short answer, which is not kept; Escape gives an empty one. Throws as {@link #read} does. */
    String ask(String question) {
        return questions.readLine(question);
    }

    private static LineReaderBuilder reader(Terminal terminal) {
        return LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("bantam")
                .parser(new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]))
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "  ")
                .variable(LineReader.BELL_STYLE, "none")
                .option(Option.DISABLE_EVENT_EXPANSION, true)
                .option(Option.BRACKETED_PASTE, true)
                .option(Option.MOUSE, false)
                .option(Option.KITTY_KEYBOARD, false)
                .option(Option.AUTO_FRESH_LINE, false)
                .option(Option.INSERT_TAB, false);
    }

    private void bindKeys() {
        reader.getWidgets().put("bantam-enter", this::enter);
        reader.getWidgets().put("bantam-new-line", this::newLine);
        reader.getWidgets().put("bantam-paste", this::paste);
        var keys = reader.getKeyMaps().get(LineReader.MAIN);
        keys.bind(new Reference("bantam-enter"), "\r", "\n");
        keys.bind(new Reference("bantam-new-line"), NEW_LINE_KEYS);
        keys.bind(new Reference("bantam-paste"), LineReaderImpl.BRACKETED_PASTE_BEGIN);
        questions.getWidgets().put("bantam-decline", this::decline);
        questions.getKeyMaps().get(LineReader.MAIN).bind(new Reference("bantam-decline"), "\u001b");
    }

    private boolean enter() {
        if (reader.getBuffer().toString().endsWith("\\")) {
            reader.getBuffer().cursor(reader.getBuffer().length());
            reader.getBuffer().backspace();
            return newLine();
        }
        reader.callWidget(LineReader.ACCEPT_LINE);
        return true;
    }

    /** Escape leaves a question as Enter alone does. */
    private boolean decline() {
        questions.getBuffer().clear();
        questions.callWidget(LineReader.ACCEPT_LINE);
        return true;
    }

    private boolean newLine() {
        reader.getBuffer().write('\n');
        return true;
    }

    private boolean paste() {
        Buffer line = reader.getBuffer();
        int start = line.cursor();
        reader.callWidget(LineReader.BEGIN_PASTE);
        String pasted = line.substring(start, line.cursor());
        line.cursor(start);
        line.delete(pasted.length());
        line.write(pastes.fold(pasted));
        return true;
    }

    private static void createPrivately(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write the prompt history " + file, failure);
        }
    }
}
