package dev.bantam.skills;

import dev.bantam.api.Skill;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Makes a card of a file's bytes, and holds it to the form of agentskills.io. */
final class CardFile {
    static final int MAX_BYTES = 64 << 10;

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_DESCRIPTION = 1024;
    private static final String MARK = "---";
    private static final String METADATA = "metadata.";

    private CardFile() {}

    /**
     * Reads one.
     *
     * @param file for people
     * @param expected the name of its folder, or of the file without its ending
     */
    static Skill read(String file, String expected, Skill.Origin origin, byte[] bytes) throws BadCardException {
        List<String> lines = text(bytes).lines().toList();
        int end = lines.isEmpty() || !lines.getFirst().stripTrailing().equals(MARK)
                ? -1
                : lines.subList(1, lines.size()).stream()
                        .map(String::stripTrailing)
                        .toList()
                        .indexOf(MARK);
        if (end < 0) {
            throw new BadCardException("it does not begin with a head. Put \"---\", \"name: " + expected
                    + "\", \"description: …\" and \"---\" before its text, a line each");
        }
        Map<String, String> head = FrontMatter.read(lines.subList(1, end + 1));
        String body = String.join("\n", lines.subList(end + 2, lines.size())).strip();
        String name = checkedName(head.getOrDefault("name", ""), expected);
        String description = checkedDescription(head.getOrDefault("description", ""));
        if (body.isEmpty()) {
            throw new BadCardException("it has no text for the model behind its head");
        }
        Skill skill = new Skill(name, description, origin, file, metadata(head), body);
        checkPatterns(skill);
        return skill;
    }

    private static String text(byte[] bytes) throws BadCardException {
        if (bytes.length > MAX_BYTES) {
            throw new BadCardException("it is larger than " + (MAX_BYTES >> 10) + " KB. Make it shorter: a card is"
                    + " read by the model as a whole");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new BadCardException("it is no UTF-8 text. Save it as UTF-8");
        }
    }

    private static String checkedName(String name, String expected) throws BadCardException {
        if (name.isEmpty()) {
            throw new BadCardException("its head has no name. Add \"name: " + expected + "\"");
        }
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw new BadCardException("its name \"" + name + "\" is not made of at most " + LONGEST_NAME
                    + " lower-case letters, digits and single hyphens. Choose another");
        }
        if (!name.equals(expected)) {
            throw new BadCardException(
                    "its name is \"" + name + "\", but it lies in \"" + expected + "\". Give both the same name");
        }
        return name;
    }

    private static String checkedDescription(String description) throws BadCardException {
        if (description.isBlank() || description.length() > LONGEST_DESCRIPTION) {
            throw new BadCardException("its head needs a description of 1 to " + LONGEST_DESCRIPTION
                    + " characters, and it has " + description.strip().length());
        }
        return description.strip();
    }

    private static Map<String, String> metadata(Map<String, String> head) {
        Map<String, String> metadata = new LinkedHashMap<>();
        head.forEach((key, value) -> {
            if (key.startsWith(METADATA)) {
                metadata.put(key.substring(METADATA.length()), value);
            }
        });
        return metadata;
    }

    private static void checkPatterns(Skill skill) throws BadCardException {
        for (String pattern : skill.patterns()) {
            try {
                Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                throw new BadCardException("its pattern \"" + pattern + "\" is no regular expression: "
                        + e.getDescription() + ". Correct it");
            }
        }
    }
}
