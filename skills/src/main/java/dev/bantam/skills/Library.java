package dev.bantam.skills;

import dev.bantam.api.Skill;
import dev.bantam.api.Skill.Origin;
import dev.bantam.api.Skills;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds cards: the project's, the user's, and those that come with Bantam. A card is {@code NAME/SKILL.md} with what
 * belongs to it beside it, or {@code NAME.md} alone.
 */
public final class Library {
    private static final List<String> PROJECT_FOLDERS = List.of(".bantam/skills/", ".agents/skills/");
    private static final String CARD = "SKILL.md";
    private static final String ENDING = ".md";
    private static final int MOST = 1_000;

    private Library() {}

    /**
     * All cards of a session. Files that are no cards are told as problems.
     *
     * @param userFolder need not exist
     * @param projectFiles what the project brings and the user trusts, by name relative to the workspace
     */
    public static Skills of(Path userFolder, Map<String, byte[]> projectFiles) {
        Collected collected = new Collected();
        Map<String, byte[]> sorted = new TreeMap<>(projectFiles);
        for (String folder : PROJECT_FOLDERS) {
            sorted.forEach((name, bytes) -> {
                if (name.startsWith(folder)) {
                    expected(name.substring(folder.length()))
                            .ifPresent(card -> collected.take(name, card, Origin.PROJECT, bytes));
                }
            });
        }
        user(userFolder, collected);
        shipped(collected);
        return collected.skills();
    }

    /** The cards that come with Bantam, by their place in this module. */
    public static List<String> places() {
        return text("cards.txt").lines().toList();
    }

    /** The name that a card in this file must have; empty when it is none. */
    private static Optional<String> expected(String file) {
        String[] parts = file.split("/");
        if (parts.length == 2 && parts[1].equals(CARD)) {
            return Optional.of(parts[0]);
        }
        boolean alone = parts.length == 1 && file.endsWith(ENDING) && !file.equalsIgnoreCase("README.md");
        return alone ? Optional.of(file.substring(0, file.length() - ENDING.length())) : Optional.empty();
    }

    private static void user(Path folder, Collected collected) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            entries.limit(MOST).sorted().forEach(entry -> {
                Path file = Files.isDirectory(entry) ? entry.resolve(CARD) : entry;
                if (Files.isRegularFile(file)) {
                    String name = folder.relativize(file).toString().replace('\\', '/');
                    expected(name).ifPresent(card -> user(file, card, collected));
                }
            });
        } catch (IOException | UncheckedIOException e) {
            collected.leaveOut(folder.toString(), "the folder cannot be listed (" + e.getMessage() + ")");
        }
    }

    private static void user(Path file, String expected, Collected collected) {
        try (InputStream in = Files.newInputStream(file)) {
            collected.take(file.toString(), expected, Origin.USER, in.readNBytes(CardFile.MAX_BYTES + 1));
        } catch (IOException e) {
            collected.leaveOut(file.toString(), "it cannot be read (" + e.getMessage() + "). See who may read it");
        }
    }

    private static void shipped(Collected collected) {
        for (String place : places()) {
            String[] parts = place.split("/");
            collected.take(place, parts[1], Skill.Origin.SHIPPED, text(place).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String text(String resource) {
        try (InputStream in = Library.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own file " + resource + " cannot be read", e);
        }
    }
}
