package dev.bantam.ext.verifybeforedone;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Formats that need no program of their own. */
final class Parsers {
    /** Files that their programs read with comments and trailing commas. */
    private static final Pattern LOOSE_JSON = Pattern.compile(
            "(?i)(?:.*/)?(?:[tj]sconfig[^/]*|\\.eslintrc|\\.swcrc|devcontainer|api-extractor)\\.json|(?:.*/)?\\.(?:vscode|devcontainer)/.*");

    private Parsers() {}

    static Optional<String> json(String path, Path file) throws IOException {
        if (LOOSE_JSON.matcher(path).matches()) {
            return Optional.empty();
        }
        try {
            return new JsonSyntax(Files.readString(file)).fault();
        } catch (CharacterCodingException e) {
            return Optional.empty(); // UTF-16 is JSON too
        }
    }

    static Optional<String> xml(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            SAXParserFactory factory = SAXParserFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            SAXParser parser = factory.newSAXParser();
            parser.parse(in, new Silent());
            return Optional.empty();
        } catch (SAXParseException e) {
            return Optional.of("line " + e.getLineNumber() + ": " + e.getMessage());
        } catch (SAXException | ParserConfigurationException e) {
            return Optional.empty();
        }
    }

    /** Fetches nothing, and prints nothing. */
    private static final class Silent extends DefaultHandler {
        @Override
        public InputSource resolveEntity(String publicId, String systemId) {
            return new InputSource(new StringReader(""));
        }

        @Override
        public void fatalError(SAXParseException fault) throws SAXException {
            throw fault;
        }
    }
}
