package dev.bantam.ext.web;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Bodies without their compression; some servers compress unasked. */
final class Decoded {
    private Decoded() {}

    static Http.Answer answer(HttpResponse<LimitedBody.Bytes> response, int maxBytes) throws WebException {
        LimitedBody.Bytes body = response.body();
        String coding = response.headers()
                .firstValue("Content-Encoding")
                .orElse("identity")
                .strip()
                .toLowerCase(Locale.ROOT);
        LimitedBody.Bytes plain = switch (coding) {
            case String any when body.bytes().length == 0 -> body;
            case "", "identity", "none" -> body;
            case "gzip", "x-gzip" -> unpacked(body, maxBytes, true);
            case "deflate" -> unpacked(body, maxBytes, false);
            default ->
                throw WebException.failed(response.uri().getHost() + " sent a page compressed as " + coding
                        + ", which it was not asked for and nobody here can read.");
        };
        return new Http.Answer(response.statusCode(), response.headers(), plain.bytes(), plain.cut());
    }

    /** As far as it can be read: a page that was cut ends in the middle of the compression. */
    private static LimitedBody.Bytes unpacked(LimitedBody.Bytes body, int maxBytes, boolean gzip) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try (InputStream packed = new ByteArrayInputStream(body.bytes());
                InputStream stream = gzip ? new GZIPInputStream(packed) : new InflaterInputStream(packed)) {
            byte[] piece = new byte[8192];
            int read;
            while ((read = stream.read(piece)) > 0) {
                plain.write(piece, 0, Math.min(read, maxBytes - plain.size()));
                if (plain.size() == maxBytes) {
                    return new LimitedBody.Bytes(plain.toByteArray(), true);
                }
            }
            return new LimitedBody.Bytes(plain.toByteArray(), body.cut());
        } catch (IOException e) {
            return new LimitedBody.Bytes(plain.toByteArray(), true);
        }
    }
}
