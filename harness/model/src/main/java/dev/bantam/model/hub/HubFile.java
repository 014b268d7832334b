package dev.bantam.model.hub;

import java.util.Optional;

/**
 * A file of a repository.
 *
 * @param path within the repository; checked to stay below any folder that it is resolved against
 * @param sha256 in hexadecimal digits; small files have none
 */
public record HubFile(String path, long bytes, Optional<String> sha256) {
    public HubFile {
        for (String name : path.split("/", -1)) {
            if (name.isBlank() || name.equals(".") || name.equals("..") || name.matches(".*[\\\\:\\p{Cntrl}].*")) {
                throw new IllegalArgumentException("the repository has a file with an unusable name: " + path);
            }
        }
    }

    /** The last name of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
