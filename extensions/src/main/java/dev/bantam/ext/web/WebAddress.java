package dev.bantam.ext.web;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads addresses as people, pages and servers write them: without a scheme, with blanks, in any script. */
final class WebAddress {
    private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*):(?!\\d+(/|$)).*", Pattern.DOTALL);
    private static final Pattern PARTS = Pattern.compile("^(https?):/{1,3}([^/?#\\\\]*)([^#]*).*", Pattern.DOTALL);
    private static final Pattern HOST_AND_PORT = Pattern.compile("^(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+?)\\.?(:\\d{0,5})?$");
    private static final Pattern LOCAL = Pattern.compile("^(//)?(localhost|[0-9.]+|\\[.*])([:/].*)?$", Pattern.DOTALL);
    private static final String KEPT = "-._~:/?@!$&'()*+,;=%";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private WebAddress() {}

    /** @throws WebException when it is no address of a page */
    static URI parse(String written) throws WebException {
        String text = written.strip().replaceAll("^[<\"'`]+|[>\"'`]+$", "");
        if (!SCHEME.matcher(text).matches()) {
            String secure = LOCAL.matcher(text).matches() ? "http" : "https"; // few have a certificate there
            text = secure + (text.startsWith("//") ? ":" : "://") + text;
        }
        Matcher parts = PARTS.matcher(lowerScheme(text));
        if (!parts.matches()) {
            throw WebException.refused(
                    written + " is no address of a web page: it must begin with http:// or https://.");
        }
        return build(written, parts.group(1), parts.group(2), parts.group(3));
    }

    private static URI build(String written, String scheme, String authority, String rest) throws WebException {
        if (authority.contains("@")) {
            throw WebException.refused("The address holds a user name or a password before the @. Give it without.");
        }
        Matcher host = HOST_AND_PORT.matcher(authority);
        try {
            if (!host.matches()) {
                throw new URISyntaxException(written, "no host");
            }
            String port = host.group(2) == null || host.group(2).length() == 1 ? "" : host.group(2);
            String name = host.group(1).startsWith("[") ? host.group(1) : IDN.toASCII(host.group(1));
            String path = rest.startsWith("/") ? rest : "/" + rest;
            URI uri = new URI(scheme + "://" + name.toLowerCase(Locale.ROOT) + port + encoded(path));
            if (uri.getHost() == null || uri.getPort() > 65_535) {
                throw new URISyntaxException(written, "no host");
            }
            return uri.normalize();
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw WebException.refused(written + " is no address of a web page. Give it as https://HOST/PATH.");
        }
    }

    /** Where a page or a server points to. */
    static URI resolve(URI base, String reference) throws WebException {
        String text = encoded(repaired(reference.strip()).replaceFirst("#.*", ""));
        if (text.startsWith("?")) { // java.net.URI follows an older rule here
            return parse(base.getScheme() + "://" + base.getRawAuthority() + base.getRawPath() + text);
        }
        if (SCHEME.matcher(text).matches() || text.startsWith("//")) {
            return parse(text.startsWith("//") ? base.getScheme() + ":" + text : text);
        }
        try {
            return parse(base.resolve(new URI(text)).toString());
        } catch (URISyntaxException e) {
            throw WebException.failed(base + " points to " + reference + ", which is no address.");
        }
    }

    /** Headers come as ISO 8859-1, whatever the server meant. */
    private static String repaired(String header) {
        byte[] bytes = header.getBytes(StandardCharsets.ISO_8859_1);
        String utf8 = new String(bytes, StandardCharsets.UTF_8);
        return header.chars().allMatch(c -> c < 256) && utf8.indexOf('\uFFFD') < 0 ? utf8 : header;
    }

    private static String lowerScheme(String text) {
        int colon = text.indexOf(':');
        return text.substring(0, colon).toLowerCase(Locale.ROOT) + text.substring(colon);
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            boolean escape = c == '%' && text.substring(i).matches("(?s)%[0-9A-Fa-f]{2}.*");
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || KEPT.indexOf(c) >= 0);
            if (plain && (c != '%' || escape)) {
                encoded.append((char) c);
            } else {
                for (byte each : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append('%').append(HEX.toHexDigits(each));
                }
            }
            i += Character.charCount(c);
        }
        return encoded.toString();
    }
}
