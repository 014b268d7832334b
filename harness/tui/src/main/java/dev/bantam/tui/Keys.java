package dev.bantam.tui;

import dev.bantam.tui.Key.Named;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.jline.utils.NonBlockingReader;

/**
 * Decodes what a terminal in raw mode sends. A lone Escape is told from the beginning of a sequence by time: terminals
 * send the rest of a sequence at once.
 */
final class Keys {
    private static final long FOREVER = Long.MAX_VALUE / 4; // milliseconds; 0 could not be interrupted
    private static final String PASTE_END = "\u001b[201~";

    private final NonBlockingReader in;
    private final long escapeMillis;

    /** @param escapeMillis how long after an Escape the rest of a sequence may come */
    Keys(NonBlockingReader in, long escapeMillis) {
        this.in = in;
        this.escapeMillis = escapeMillis;
    }

    /** @throws InterruptedIOException if the thread was interrupted while it waited; nothing typed is lost */
    Key next() throws IOException {
        int c = in.read(FOREVER);
        return switch (c) {
            case -1 -> Named.END_OF_INPUT;
            case '\r' -> Named.ENTER;
            case '\n' -> Named.NEWLINE;
            case 0x1b -> escaped();
            case 0x7f, '\b' -> Named.BACKSPACE;
            case 'A' & 0x1f -> Named.HOME;
            case 'B' & 0x1f -> Named.LEFT;
            case 'C' & 0x1f -> Named.INTERRUPT;
            case 'D' & 0x1f -> Named.DELETE;
            case 'E' & 0x1f -> Named.END;
            case 'F' & 0x1f -> Named.RIGHT;
            case 'T' & 0x1f -> Named.THINKING;
            case 'U' & 0x1f -> Named.KILL_LINE;
            case 'W' & 0x1f -> Named.KILL_WORD;
            default -> c < ' ' ? Named.OTHER : new Key.Typed(character((char) c));
        };
    }

    private String character(char first) throws IOException {
        if (!Character.isHighSurrogate(first)) {
            return String.valueOf(first);
        }
        int second = in.read(escapeMillis);
        return second < 0 ? "" : new String(new char[] {first, (char) second});
    }

    private Key escaped() throws IOException {
        int c = in.read(escapeMillis);
        return switch (c) {
            case -1, -2, 0x1b -> Named.ESCAPE;
            case '\r', '\n' -> Named.ALT_ENTER;
            case 0x7f -> Named.KILL_WORD;
            case '[' -> sequence();
            case 'O' -> letter((char) in.read(escapeMillis));
            default -> Named.OTHER;
        };
    }

    private Key sequence() throws IOException {
        StringBuilder body = new StringBuilder();
        int c;
        while ((c = in.read(escapeMillis)) >= ' ' && c < '@') {
            body.append((char) c);
        }
        if (c == '~') {
            return switch (body.toString()) {
                case "200" -> paste();
                case "1", "7" -> Named.HOME;
                case "4", "8" -> Named.END;
                case "3" -> Named.DELETE;
                case "27;2;13" -> Named.NEWLINE;
                case "27;3;13" -> Named.ALT_ENTER;
                default -> Named.OTHER;
            };
        } else if (c == 'u') {
            return switch (body.toString()) {
                case "27", "27;1" -> Named.ESCAPE;
                case "13" -> Named.ENTER;
                case "13;2" -> Named.NEWLINE;
                case "13;3" -> Named.ALT_ENTER;
                default -> Named.OTHER;
            };
        }
        return body.isEmpty() ? letter((char) c) : Named.OTHER;
    }

    private static Key letter(char c) {
        return switch (c) {
            case 'C' -> Named.RIGHT;
            case 'D' -> Named.LEFT;
            case 'H' -> Named.HOME;
            case 'F' -> Named.END;
            case 'M' -> Named.ENTER;
            default -> Named.OTHER;
        };
    }

    private Key paste() throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.length() < PASTE_END.length() || text.indexOf(PASTE_END, text.length() - PASTE_END.length()) < 0) {
            int c = in.read(FOREVER);
            if (c < 0) {
                return Named.END_OF_INPUT;
            }
            text.append((char) c);
        }
        text.setLength(text.length() - PASTE_END.length());
        return new Key.Typed(text.toString().replace("\r\n", "\n").replace('\r', '\n'));
    }
}
