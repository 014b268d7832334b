package dev.bantam.ext.checkpoint;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What was at a path. */
sealed interface FileState {
    FileState ABSENT = new Absent();
    FileState LOST = new Lost();
    FileState FOLDER = new Folder();

    record Absent() implements FileState {}

    /**
     * A regular file.
     *
     * @param id of its content, as git names it
     * @param mode its permissions, such as {@code rw-r--r--}; empty where the system has none
     */
    record Regular(String id, String mode) implements FileState {}

    record Link(String target) implements FileState {}

    record Folder() implements FileState {}

    /** Something was there whose content could not be kept. */
    record Lost() implements FileState {}

    /** In one word. */
    default String word() {
        return switch (this) {
            case Absent absent -> "absent";
            case Lost lost -> "lost";
            case Folder folder -> "folder";
            case Regular(String id, String mode) -> "file:" + id + ":" + mode;
            case Link(String target) -> "link:" + encoded(target);
        };
    }

    static FileState of(String word) {
        String[] parts = word.split(":", -1);
        return switch (parts[0]) {
            case "absent" -> ABSENT;
            case "folder" -> FOLDER;
            case "file" -> new Regular(parts[1], parts[2]);
            case "link" -> new Link(decoded(parts[1]));
            default -> LOST;
        };
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
