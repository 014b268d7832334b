package dev.bantam.tools;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a file holds, judged by its first bytes. */
sealed interface FileKind {
    /** Bytes looked at, as many as git looks at. */
    int HEAD_BYTES = 8000;

    /** One byte of an ASCII character is one byte of the file. */
    record Text() implements FileKind {}

    /** Two bytes a character, marked so at the start. */
    record Utf16() implements FileKind {}

    /** @param name such as {@code a PNG image} */
    record Binary(String name) implements FileKind {}

    /** Looks at the start of a stream and puts it back. */
    static FileKind of(PushbackInputStream in) throws IOException {
        byte[] head = in.readNBytes(HEAD_BYTES);
        in.unread(head);
        return of(head);
    }

    static FileKind of(byte[] content) {
        String head = new String(content, 0, Math.min(content.length, HEAD_BYTES), StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u00ff\u00fe") || head.startsWith("\u00fe\u00ff")) {
            return new Utf16();
        }
        for (Map.Entry<String, String> known : Signatures.KNOWN.entrySet()) {
            if (head.startsWith(known.getKey())) {
                return new Binary(known.getValue());
            }
        }
        return head.indexOf('\0') >= 0 ? new Binary("a binary file") : new Text();
    }

    /** The text of a UTF-16 file, as a stream that is read like any other. */
    static InputStream utf16AsUtf8(InputStream in, int maxBytes) throws IOException {
        String text = new String(in.readNBytes(maxBytes), StandardCharsets.UTF_16);
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Only what could be taken for text, or is worth a name. */
    final class Signatures {
        private static final Map<String, String> KNOWN = new LinkedHashMap<>();

        static {
            KNOWN.put("\u0089PNG", "a PNG image");
            KNOWN.put("\u00ff\u00d8\u00ff", "a JPEG image");
            KNOWN.put("GIF8", "a GIF image");
            KNOWN.put("%PDF-", "a PDF document");
            KNOWN.put("PK\u0003\u0004", "a ZIP or JAR archive");
            KNOWN.put("\u001f\u008b", "a gzip archive");
            KNOWN.put("\u007fELF", "a compiled program");
            KNOWN.put("\u00ca\u00fe\u00ba\u00be", "a compiled Java class");
            KNOWN.put("SQLite format 3\0", "an SQLite database");
        }

        private Signatures() {}
    }
}
