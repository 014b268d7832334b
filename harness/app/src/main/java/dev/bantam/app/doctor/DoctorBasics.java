package dev.bantam.app.doctor;

import dev.bantam.app.models.ModelChoice;
import dev.bantam.app.setup.AppSettings;
import dev.bantam.app.setup.Configuration;
import dev.bantam.app.setup.Invocation;
import dev.bantam.app.setup.Notices;
import dev.bantam.app.setup.Places;
import dev.bantam.app.setup.Sizes;
import dev.bantam.app.setup.Version;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.model.discovery.Found;
import dev.bantam.model.local.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the doctor looks at beside the sandboxes: the program, its folders, the models. */
final class DoctorBasics {
    private static final long LITTLE_SPACE = 2L << 30;

    private final Invocation invocation;

    DoctorBasics(Invocation invocation) {
        this.invocation = invocation;
    }

    List<Finding> machine() throws IOException {
        return List.of(
                Finding.good("bantam", String.join(" ", new Version().getVersion())),
                Finding.good(
                        "java",
                        Runtime.version() + ", " + System.getProperty("java.vendor") + ", in "
                                + System.getProperty("java.home")),
                Finding.good(
                        "machine",
                        "%s %s, %d processors, %s of memory"
                                .formatted(
                                        System.getProperty("os.name"),
                                        System.getProperty("os.arch"),
                                        Runtime.getRuntime().availableProcessors(),
                                        Sizes.bytes(dev.bantam.model.inspect.Needs.machine()))),
                git());
    }

    private Finding git() {
        for (String folder : invocation.environment().getOrDefault("PATH", "").split(":")) {
            if (Files.isExecutable(Path.of(folder, "git"))) {
                return Finding.good("git", Path.of(folder, "git").toString());
            }
        }
        return Finding.weak("git", "it is not on the PATH: the model cannot look at what changed. Install git");
    }

    /** Where things are read from and written to; that the settings are sound was found out before. */
    List<Finding> places(Configuration configuration) throws ConfigException, IOException {
        List<Finding> findings = new ArrayList<>();
        Places places = configuration.places();
        findings.add(Finding.good(
                "settings",
                Files.exists(places.settings())
                        ? places.settings().toString()
                        : places.settings() + " is not there; the usual values hold"));
        Notices.readableKeys(places.settings()).ifPresent(sentence -> findings.add(Finding.weak("keys", sentence)));
        findings.add(
                Files.isWritable(nearest(places.data()))
                        ? Finding.good("data", places.data().toString())
                        : Finding.bad("data", places.data() + " cannot be written: no session can be kept"));
        long free = Files.getFileStore(configuration.workspace()).getUsableSpace();
        String space = configuration.workspace() + ", " + Sizes.bytes(free) + " free";
        findings.add(free < LITTLE_SPACE ? Finding.weak("workspace", space) : Finding.good("workspace", space));
        Notices.untrusted(configuration).ifPresent(sentence -> findings.add(Finding.weak("project", sentence)));
        return findings;
    }

    private static Path nearest(Path folder) {
        Path there = folder;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }

    /** Which model a run would take. */
    List<Finding> models(Configuration configuration) throws ConfigException, InterruptedException {
        Optional<String> named = configuration.settings().find(AppSettings.MODEL);
        if (named.isPresent()) {
            return List.of(Finding.good("model", named.get() + ", as the settings or -m say"));
        }
        List<Found> found = new ModelChoice(configuration.settings(), configuration.places(), invocation.environment())
                .discovered();
        return List.of(
                found.isEmpty()
                        ? Finding.weak(
                                "model",
                                "no local server and no model file was found, so it is " + Box.REF
                                        + ", which is for demonstrations. Get one: bantam models pull")
                        : Finding.good(
                                "model",
                                "found " + found.size() + ", the first is "
                                        + found.getFirst().ref()));
    }
}
