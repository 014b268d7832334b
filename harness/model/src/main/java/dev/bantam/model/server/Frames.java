package dev.bantam.model.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts the bytes of a response into {@link Frame}s: server-sent events (comments are skipped, several data lines of
 * one event are joined), JSON lines, or one whole JSON body from a server that does not stream. Bytes are gathered to
 * whole lines before they are decoded, so a character split over two packets stays whole.
 */
final class Frames {
    private enum Form {
        EVENTS,
        LINES,
        WHOLE
    }

    private final Form form;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String event = "";
    private boolean hasData;

    Frames(String contentType, boolean jsonLines) {
        String type = contentType.toLowerCase(Locale.ROOT);
        this.form = jsonLines ? Form.LINES : type.startsWith("application/json") ? Form.WHOLE : Form.EVENTS;
    }

    List<Frame> accept(ByteBuffer bytes) {
        List<Frame> frames = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n' && form != Form.WHOLE) {
                endLine(frames);
            } else {
                line.write(next);
            }
        }
        return frames;
    }

    /** What remains at the stream's end: a last line without its line end, or the whole body. */
    List<Frame> end() {
        List<Frame> frames = new ArrayList<>();
        if (form == Form.WHOLE) {
            frames.add(new Frame("", line.toString(StandardCharsets.UTF_8)));
            return frames;
        }
        if (line.size() > 0) {
            endLine(frames);
        }
        flush(frames);
        return frames;
    }

    private void endLine(List<Frame> frames) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (text.endsWith("\r")) {
            text = text.substring(0, text.length() - 1);
        }
        if (form == Form.LINES) {
            if (!text.isBlank()) {
                frames.add(new Frame("", text));
            }
        } else if (text.isEmpty()) {
            flush(frames);
        } else {
            field(text);
        }
    }

    private void field(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        if (value.startsWith(" ")) {
            value = value.substring(1);
        }
        if (name.equals("event")) {
            event = value;
        } else if (name.equals("data")) {
            if (hasData) {
                data.append('\n');
            }
            data.append(value);
            hasData = true;
        } else if (name.equals("error")) { // llama.cpp before b6000 sent errors under this name
            event = "error";
            data.append(value);
            hasData = true;
        }
    }

    private void flush(List<Frame> frames) {
        if (hasData) {
            frames.add(new Frame(event, data.toString()));
        }
        data.setLength(0);
        event = "";
        hasData = false;
    }
}
