package dev.bantam.ext.permission;

import dev.bantam.api.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a path of a command leads: into the workspace, to a place for temporary files, or elsewhere. */
final class Places {
    private static final List<String> DEVICES =
            List.of("/dev/null", "/dev/stdout", "/dev/stderr", "/dev/stdin", "/dev/tty", "/dev/fd", "/dev/zero");
    private static final Pattern SECRET = Pattern.compile(
            "\\.(ssh|aws|gnupg|kube|azure|password-store|netrc|pgpass|npmrc|pypirc|git-credentials|pki)(/.*)?"
                    + "|\\.docker/config\\.json|\\.config/(gh|gcloud|bantam)(/.*)?|\\.cargo/credentials.*"
                    + "|\\.m2/settings.*\\.xml|\\.\\w+_history|\\.mozilla(/.*)?|\\.config/google-chrome(/.*)?");

    private final Workspace workspace;
    private final Path home;
    private final Path temporary;

    Places(Workspace workspace, Path home, Path temporary) {
        this.workspace = workspace;
        this.home = real(home);
        this.temporary = real(temporary);
    }

    /** A place, found by following links as the system would. */
    sealed interface Place {
        /** @param name relative to the workspace's root */
        record Inside(String name) implements Place {}

        /** For files that nobody keeps. */
        record Temporary(Path path) implements Place {}

        /** A device that keeps nothing: made to be written to, not to be replaced. */
        record Device(Path path) implements Place {}

        record Outside(Path path) implements Place {}

        /** Only the run can tell. */
        record Unknown() implements Place {}
    }

    Path root() {
        return workspace.root();
    }

    /** All places that a path may mean: one for each folder in which the script may be. */
    List<Place> of(Arg arg, Scope scope) {
        if (arg.below()) {
            return List.of(new Place.Inside(Finding.UNKNOWN));
        }
        if (arg.value().isEmpty() || arg.glob() && arg.text().contains("..")) {
            return List.of(new Place.Unknown());
        }
        String text = arg.text();
        if (text.startsWith("/")) {
            return List.of(of(text));
        }
        if (scope.folders().isEmpty()) {
            return List.of(new Place.Unknown());
        }
        return scope.folders().stream().map(folder -> of(folder + "/" + text)).toList();
    }

    private Place of(String absolute) {
        if (DEVICES.stream().anyMatch(device -> absolute.equals(device) || absolute.startsWith(device + "/"))) {
            return new Place.Device(Path.of(absolute));
        }
        try {
            return new Place.Inside(workspace.show(workspace.resolve(absolute)));
        } catch (Workspace.OutsideWorkspaceException | IOException | InvalidPathException e) {
            return elsewhere(absolute);
        }
    }

    private Place elsewhere(String absolute) {
        try {
            Path path = real(Path.of(absolute));
            boolean temp = path.startsWith(temporary)
                    && !path.equals(temporary)
                    && !sharesFolder(path, workspace.root())
                    && !sharesFolder(path, home);
            return temp ? new Place.Temporary(path) : new Place.Outside(path);
        } catch (InvalidPathException e) {
            return new Place.Unknown();
        }
    }

    /** A workspace that itself lies among the temporary files has neighbours that are nobody's rubbish. */
    private boolean sharesFolder(Path path, Path kept) {
        return kept.startsWith(temporary)
                && path.startsWith(temporary.resolve(temporary.relativize(kept).subpath(0, 1)));
    }

    /** Links of the part that exists are followed first, then the rest is taken as it stands. */
    private static Path real(Path path) {
        Path at = path.toAbsolutePath();
        for (Path above = at; above != null; above = above.getParent()) {
            if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
                try {
                    Path found = above.toRealPath();
                    return found.resolve(above.relativize(at)).normalize();
                } catch (IOException e) {
                    return at.normalize();
                }
            }
        }
        return at.normalize();
    }

    /** Whether a path is the workspace, a home, or holds one of them; or is a folder of the system itself. */
    boolean vital(Place place) {
        return switch (place) {
            case Place.Inside inside -> inside.name().equals(".");
            case Place.Outside(Path path) ->
                workspace.root().startsWith(path)
                        || home.startsWith(path)
                        || path.getNameCount() <= 1
                        || path.startsWith("/usr")
                        || path.startsWith("/etc")
                        || path.startsWith("/boot")
                        || path.startsWith("/dev");
            case Place.Device device -> true;
            case Place.Temporary temporary -> false;
            case Place.Unknown unknown -> false;
        };
    }

    /** Whether keys of a person, or of the system, usually lie there. */
    boolean secret(Place place) {
        return switch (place) {
            case Place.Outside(Path path) ->
                path.startsWith(home)
                                && SECRET.matcher(home.relativize(path).toString())
                                        .matches()
                        || path.toString().matches("/etc/(shadow|gshadow|sudoers.*|ssh/.*key)")
                        || path.getNameCount() > 2
                                && path.toString().matches("/(root|home/\\w+)/\\.(ssh|aws|gnupg)(/.*)?");
            case Place.Inside inside -> false;
            case Place.Device device -> false;
            case Place.Temporary temporary -> false;
            case Place.Unknown unknown -> false;
        };
    }

    /** An absolute path for rules, where it is known. */
    Optional<String> absolute(Place place) {
        return switch (place) {
            case Place.Inside(String name) when name.equals(Finding.UNKNOWN) -> Optional.empty();
            case Place.Inside(String name) ->
                Optional.of(workspace.root().resolve(name).normalize().toString());
            case Place.Temporary(Path path) -> Optional.of(path.toString());
            case Place.Device(Path path) -> Optional.of(path.toString());
            case Place.Outside(Path path) -> Optional.of(path.toString());
            case Place.Unknown unknown -> Optional.empty();
        };
    }
}
