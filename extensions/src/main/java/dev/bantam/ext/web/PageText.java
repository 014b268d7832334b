package dev.bantam.ext.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** Bytes of a page as text. The header's charset counts, then a byte order mark, then the page's own word, then UTF-8. */
final class PageText {
    private static final Charset WESTERN = Charset.forName("windows-1252");

    private PageText() {}

    static Document html(byte[] bytes, boolean cut, MediaType type, URI base) {
        Document parsed = parse(bytes, type.charset().map(Charset::name).orElse(null), base);
        boolean assumed = type.charset().isEmpty() && parsed.charset().equals(StandardCharsets.UTF_8);
        return assumed && !isUtf8(bytes, cut) ? parse(bytes, WESTERN.name(), base) : parsed;
    }

    private static Document parse(byte[] bytes, String charset, URI base) {
        try {
            return Jsoup.parse(new ByteArrayInputStream(bytes), charset, base.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String plain(byte[] bytes, boolean cut, MediaType type) {
        Charset charset = type.charset().orElse(marked(bytes, cut));
        String text = new String(bytes, charset);
        return clean(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private static Charset marked(byte[] bytes, boolean cut) {
        if (bytes.length > 1 && (bytes[0] & 0xFF) == 0xFE && (bytes[1] & 0xFF) == 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        if (bytes.length > 1 && (bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        return isUtf8(bytes, cut) ? StandardCharsets.UTF_8 : WESTERN;
    }

    /** @param cut whether the last character may be incomplete */
    private static boolean isUtf8(byte[] bytes, boolean cut) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer chars = CharBuffer.allocate(bytes.length + 1);
        return !decoder.decode(ByteBuffer.wrap(bytes), chars, !cut).isError();
    }

    /** For a page whose type nobody names. */
    static boolean looksLikeHtml(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 512), StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        return start.contains("<!doctype html") || start.contains("<html") || start.contains("<body");
    }

    static boolean isBinary(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, 4096); i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** Without what no reader sees: control characters, and characters that hide text or turn its direction. */
    static String clean(String text) {
        return text.replace("\r\n", "\n")
                .replace('\r', '\n')
                .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "")
                .replaceAll("[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]", "")
                .replaceAll("[\\x{E0000}-\\x{E007F}]", "");
    }
}
