package dev.bantam.app;

import dev.bantam.api.ModelProfile;
import dev.bantam.api.Tool;
import dev.bantam.app.setup.AppSettings;
import dev.bantam.app.setup.Configuration;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.core.settings.Nearest;
import dev.bantam.tools.Tools;
import java.util.List;

/** The tools that a session offers: those that the user wants and the model was made for. */
final class WantedTools {
    private WantedTools() {}

    /** Refuses names that no tool can have, as far as that is known without a model: extensions may bring more. */
    static void check(Configuration configuration) throws ConfigException {
        if (configuration.extensions().isEmpty()) {
            check(Configuration.texts(configuration.settings(), AppSettings.TOOLS), namesOf(Tools.standard()));
        }
    }

    /**
     * Drops all others.
     *
     * @param wanted names; none wants every tool
     * @throws ConfigException when a wanted one is not there, or two have one name
     */
    static void keep(List<Tool> all, List<String> wanted, ModelProfile profile) throws ConfigException {
        List<String> names = namesOf(all);
        for (String name : names) {
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                throw new ConfigException("two tools are named " + name
                        + "; an extension brings one of them. Switch it off with --ext -NAME");
            }
        }
        check(wanted, names);
        all.removeIf(tool -> !wanted.isEmpty() && !wanted.contains(tool.spec().name()));
        all.removeIf(tool -> !profile.tools().isEmpty()
                && !profile.tools().contains(tool.spec().name()));
    }

    private static void check(List<String> wanted, List<String> names) throws ConfigException {
        for (String name : wanted) {
            if (!names.contains(name)) {
                throw new ConfigException("there is no tool \"" + name + "\". There are: " + String.join(", ", names)
                        + "." + Nearest.hint(name, names));
            }
        }
    }

    private static List<String> namesOf(List<Tool> tools) {
        return tools.stream().map(tool -> tool.spec().name()).toList();
    }
}
