package dev.bantam.ext.permission;

import dev.bantam.ext.permission.Places.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges what commands do to files: delete, write, read. */
final class FileJudge {
    /** What a build makes again. */
    private static final Pattern OUTPUT = Pattern.compile(
            "build|dist|out|target|bin|obj|node_modules|coverage|htmlcov|tmp|temp|cache|logs?|venv|__pycache__"
                    + "|cmake-build-.*|_build|\\.(venv|gradle|next|nuxt|cache|tox|nox|pytest_cache|mypy_cache"
                    + "|ruff_cache|parcel-cache|coverage|hypothesis|turbo|svelte-kit|eggs)|.*\\.egg-info|.*\\.dSYM");

    /** Patterns that hold nothing but wildcards: every file. */
    private static final Pattern ALL = Pattern.compile("(\\./)?[.*?/\\[\\]!]*[*?][.*?/\\[\\]!]*");

    /** What opens a file and writes into it; other programs may put another in its place. */
    private static final Set<String> WRITES_THROUGH = Set.of(">", "tee", "cp", "dd", "curl", "wget", "touch", "find");

    private static final Pattern OPTION_OF_PLAIN_COPY = Pattern.compile("-[fipuv]+|--(force|update|verbose)");

    private final Places places;

    FileJudge(Places places) {
        this.places = places;
    }

    void readFrom(List<Arg> files, Scope scope, List<Finding> found) {
        List<String> words = new ArrayList<>(List.of("<"));
        files.forEach(file -> words.add(file.text()));
        reads(files, scope, new Finding(Risk.HARMLESS, words, ""), found);
    }

    void redirectTo(List<Arg> files, Scope scope, List<Finding> found) {
        List<String> words = new ArrayList<>(List.of(">"));
        files.forEach(file -> words.add(file.text()));
        for (Arg file : files) {
            writes(file, scope, words, found);
        }
    }

    /** Adds a finding for a command that reads these, and writes nothing. */
    void reads(List<Arg> files, Scope scope, Finding mild, List<Finding> found) {
        Risk risk = mild.risk();
        String why = mild.why();
        List<String> paths = new ArrayList<>(mild.paths());
        for (Arg file : files) {
            for (Place place : placesIn(file, scope)) {
                places.absolute(place).ifPresent(paths::add);
                if (places.secret(place)) {
                    risk = risk.orWorse(Risk.PRIVATE);
                    why = "reads " + file.text() + ", where keys are kept";
                }
            }
            if (file.text().startsWith("/dev/tcp/") || file.text().startsWith("/dev/udp/")) {
                risk = risk.orWorse(Risk.SENDS);
                why = "opens a connection to another machine";
            }
        }
        found.add(new Finding(risk, mild.command(), why, paths, mild.hosts()));
    }

    /** A command that writes into one file or folder. */
    void writes(Arg file, Scope scope, List<String> words, List<Finding> found) {
        if (file.text().startsWith("/dev/tcp/") || file.text().startsWith("/dev/udp/")) {
            found.add(new Finding(Risk.SENDS, words, "opens a connection to another machine"));
            return;
        }
        for (Place place : places.of(file, scope)) {
            List<String> paths = places.absolute(place).stream().toList();
            switch (place) {
                case Place.Inside(String name)
                when isGit(name) -> found.add(new Finding(Risk.LOSS, words, "changes the files of git itself", paths));
                case Place.Inside inside -> found.add(new Finding(Risk.HARMLESS, words, "", paths));
                case Place.Temporary temporary -> found.add(new Finding(Risk.HARMLESS, words, "", paths));
                case Place.Device device
                when writesThrough(words) -> found.add(new Finding(Risk.HARMLESS, words, "", paths));
                case Place.Device(Path path) ->
                    found.add(new Finding(Risk.OUTSIDE, words, "may replace the device " + path, paths));
                case Place.Outside(Path path)
                when path.startsWith("/dev") ->
                    found.add(new Finding(Risk.RUIN, words, "writes over the device " + path, paths));
                case Place.Outside(Path path) ->
                    found.add(
                            new Finding(Risk.OUTSIDE, words, "changes " + path + ", outside of the workspace", paths));
                case Place.Unknown unknown ->
                    found.add(new Finding(Risk.OUTSIDE, words, "writes to a place that only its run can tell"));
            }
        }
    }

    private static boolean writesThrough(List<String> words) {
        return WRITES_THROUGH.contains(words.getFirst())
                && (!words.getFirst().equals("cp")
                        || words.stream()
                                .filter(word -> word.startsWith("-"))
                                .allMatch(word ->
                                        OPTION_OF_PLAIN_COPY.matcher(word).matches()));
    }

    /** A command that deletes, or moves away, these. */
    void removes(List<Arg> targets, boolean withAllBelow, Invocation invocation) {
        for (Arg target : targets) {
            if (target.value().isEmpty()) {
                invocation.is(Risk.LOSS, "deletes what only its run can tell");
                continue;
            }
            for (Place place : places.of(target, invocation.scope())) {
                removes(target, place, withAllBelow, invocation);
            }
        }
    }

    private void removes(Arg target, Place place, boolean withAllBelow, Invocation invocation) {
        List<String> paths = places.absolute(place).stream().toList();
        String text = target.text();
        boolean all = target.glob()
                && ALL.matcher(text.substring(text.lastIndexOf('/') + 1)).matches();
        Place base = all ? places.of(Arg.of(folderOf(text)), invocation.scope()).getFirst() : place;
        boolean inside = place instanceof Place.Inside;
        if (withAllBelow && places.vital(base) && !(all && inside)) {
            invocation.is(
                    Risk.RUIN, "would delete " + (inside ? "the whole workspace" : text + " and all in it"), paths);
        } else if (all) {
            invocation.is(inside ? Risk.LOSS : Risk.OUTSIDE, "deletes every file that is there", paths);
        } else {
            switch (place) {
                case Place.Inside(String name)
                when isGit(name) -> invocation.is(Risk.LOSS, "deletes the history that git keeps", paths);
                case Place.Inside(String name)
                when withAllBelow && isKeptFolder(name) ->
                    invocation.is(Risk.LOSS, "deletes the folder " + name + " and all in it", paths);
                case Place.Inside kept -> invocation.is(Risk.HARMLESS, "", paths);
                case Place.Temporary temporary -> invocation.is(Risk.HARMLESS, "", paths);
                case Place.Device(Path path) -> invocation.is(Risk.OUTSIDE, "deletes the device " + path, paths);
                case Place.Outside(Path path) ->
                    invocation.is(Risk.OUTSIDE, "deletes " + path + ", outside of the workspace", paths);
                case Place.Unknown unknown -> invocation.is(Risk.LOSS, "deletes what only its run can tell");
            }
        }
    }

    private boolean isKeptFolder(String name) {
        if (name.matches(".*[*?\\[].*")) {
            return !OUTPUT.matcher(name.substring(name.lastIndexOf('/') + 1)).matches();
        }
        boolean output = false;
        for (String step : name.split("/")) {
            output |= OUTPUT.matcher(step).matches();
        }
        return !output && Files.isDirectory(places.root().resolve(name));
    }

    private static String folderOf(String text) {
        int slash = text.lastIndexOf('/');
        return slash < 0 ? "." : slash == 0 ? "/" : text.substring(0, slash);
    }

    static boolean isGit(String name) {
        return Set.of(name.split("/")[0].toLowerCase(java.util.Locale.ROOT)).contains(".git");
    }

    /** Arguments that name places, options with a path attached ({@code -C/etc}, {@code of=/dev/sda}) included. */
    List<Place> placesIn(Arg arg, Scope scope) {
        String text = arg.text();
        if (arg.value().isEmpty()) {
            return List.of();
        }
        List<Place> found = new ArrayList<>();
        if (!text.startsWith("-")) {
            found.addAll(places.of(arg, scope));
        }
        int equals = text.indexOf('=');
        if (equals >= 0) {
            found.addAll(places.of(new Arg(arg.value().map(it -> it.substring(equals + 1)), arg.glob()), scope));
        } else if (text.startsWith("-") && text.indexOf('/') >= 2) {
            found.addAll(places.of(new Arg(arg.value().map(it -> it.substring(it.indexOf('/'))), arg.glob()), scope));
        }
        return found;
    }

    Places places() {
        return places;
    }
}
