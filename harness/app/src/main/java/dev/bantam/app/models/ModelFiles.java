package dev.bantam.app.models;

import dev.bantam.api.ModelException;
import dev.bantam.app.setup.Places;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.model.ModelRef;
import dev.bantam.model.discovery.KeptModels;
import dev.bantam.model.local.Box;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the file that a model's name means. */
final class ModelFiles {
    private final Places places;

    ModelFiles(Places places) {
        this.places = places;
    }

    /** The file of a model that runs in this process. */
    Path of(String named) throws ConfigException, ModelException {
        ModelRef ref;
        try {
            ref = ModelRef.parse(named, places.home());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage(), e);
        }
        return switch (ref) {
            case ModelRef.File file -> file.path();
            case ModelRef.Local local -> of(local);
            case ModelRef.OnServer server -> throw noFile(named);
            case ModelRef.Script script -> throw noFile(named);
        };
    }

    /** The file of {@code local/NAME}. */
    Path of(ModelRef.Local local) throws ModelException {
        String name = local.name();
        if (("local/" + name).equals(Box.REF)) {
            return Box.file(places.data());
        }
        KeptModels kept = new KeptModels(places.models());
        List<Path> files = kept.named(name);
        if (files.size() == 1) {
            return files.getFirst();
        }
        Path folder = places.models().resolve(name).normalize(); // of safetensors
        if (files.isEmpty()
                && folder.startsWith(places.models())
                && Files.isRegularFile(folder.resolve("config.json"))) {
            return folder;
        }
        if (files.isEmpty()) {
            throw new ModelException(
                    ModelException.Kind.REJECTED,
                    "there is no model local/" + name + ": no file " + name + ".gguf and no folder " + name + " in "
                            + places.models()
                            + ". Put it there, get one with bantam models pull, name the file's path, or use "
                            + Box.REF + ", the one in the box");
        }
        throw new ModelException(
                ModelException.Kind.REJECTED,
                "local/" + name + " could be any of "
                        + files.stream()
                                .map(file -> kept.ref(file).orElse(file.toString()))
                                .collect(Collectors.joining(", "))
                        + ". Name one of these");
    }

    private static ConfigException noFile(String named) {
        return new ConfigException(named
                + " is no model file. Name a .gguf file or local/NAME; bantam models ls lists what is on this machine");
    }
}
