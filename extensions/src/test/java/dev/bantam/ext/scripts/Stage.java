package dev.bantam.ext.scripts;

import dev.bantam.api.Extension;
import dev.bantam.api.Setting;
import dev.bantam.core.hooks.Extensions;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.ext.Rig;
import dev.bantam.testkit.FakeSandbox;
import dev.bantam.testkit.WeakModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plays failure scripts: the whole loop, with real files and commands that are only pretended. */
public final class Stage {
    private Stage() {}

    /** All extensions that there are, also those that are off by default, in the order in which they are asked. */
    public static List<Extension> allExtensions() {
        try {
            return Extensions.find(Path.of("no such folder")).all();
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All but one. */
    public static List<Extension> without(String name) {
        return allExtensions().stream()
                .filter(extension -> !extension.name().equals(name))
                .toList();
    }

    /** @param folder an empty one, for the workspace and all that is kept beside it */
    public static Played play(FailureScript script, List<Extension> extensions, Path folder) throws IOException {
        Path root = Files.createDirectories(folder.resolve("workspace"));
        Path data = Files.createDirectories(folder.resolve("data"));
        write(root, script.files());
        write(data.resolve("config"), script.config());
        FakeSandbox sandbox = new FakeSandbox(script.commands(root));
        List<Rig> rigs = new ArrayList<>();
        List<WeakModel> models = new ArrayList<>();
        Played played = new Played(root, sandbox, rigs, models, new ArrayList<>());
        for (FailureScript.Prompt prompt : script.prompts()) {
            WeakModel model = new WeakModel(script.window(), prompt.slips());
            Rig rig = rig(script, extensions, root).folders(data).session("session-" + rigs.size());
            rig.answeredBy(model).sandbox(sandbox);
            rigs.add(rig);
            models.add(model);
            played.runs().add(rig.run(prompt.text()));
            rig.close();
        }
        return played;
    }

    private static Rig rig(FailureScript script, List<Extension> extensions, Path root) {
        Rig rig = new Rig(root);
        extensions.forEach(rig::with);
        script.trusted().forEach(rig::trusted);
        List<String> keys = extensions.stream()
                .flatMap(extension -> extension.settings().stream())
                .map(Setting::key)
                .toList();
        script.settings().forEach((key, value) -> {
            if (keys.contains(key)) {
                rig.set(key, value);
            }
        });
        return rig;
    }

    private static void write(Path folder, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }
}
