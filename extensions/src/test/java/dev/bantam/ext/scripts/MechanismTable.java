package dev.bantam.ext.scripts;

import dev.bantam.api.Extension;
import dev.bantam.api.Hooks;
import dev.bantam.api.Setting;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.core.settings.Settings;
import dev.bantam.ext.FileTools;
import dev.bantam.ext.FolderWorkspace;
import dev.bantam.ext.TestContext;
import dev.bantam.testkit.FakeSandbox;
import dev.bantam.testkit.ScriptedModel;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the code itself tells of each extension, and what the scripts saw it decide. */
final class MechanismTable {
    /** What makes the passive ones active. */
    private static final Map<String, Object> CONFIGURED = Map.of(
            "web.fetch",
            true,
            "web.search",
            "searxng",
            "web.search-url",
            "http://localhost:8080",
            "tool-gating.deny",
            List.of("bash"));

    private static final Map<String, byte[]> PROJECT =
            Map.of(".bantam/rules.md", "- Files under 300 lines\n".getBytes(StandardCharsets.UTF_8));

    /** Hooks whose answers are no decisions, and what they change. */
    private static final Map<String, String> QUIET = Map.of(
            "offers", "tools offered",
            "shapeOptions", "options of a request",
            "prepareCall", "what a call runs with",
            "carried", "what a compaction keeps");

    private static final Set<String> HOOKS =
            Arrays.stream(Hooks.class.getDeclaredMethods()).map(Method::getName).collect(Collectors.toSet());

    private MechanismTable() {}

    /** @param seen decisions as {@code kind verdict}, by the extension's name */
    static String of(List<Extension> extensions, Map<String, Set<String>> seen) throws IOException {
        StringBuilder table = new StringBuilder(
                "| Mechanism | Hooks | What it changes | Constants | Settings |\n|---|---|---|---|---|\n");
        for (Extension extension : extensions) {
            Hooks hooks = open(extension);
            List<String> cells = List.of(
                    "`" + extension.name() + "`" + (extension.onByDefault() ? "" : " (off by default)"),
                    hooks(hooks),
                    changes(hooks, seen.getOrDefault(extension.name(), Set.of())),
                    constants(extension),
                    settings(extension));
            table.append("| ").append(String.join(" | ", cells)).append(" |\n");
            hooks.close();
        }
        return table.toString();
    }

    private static Hooks open(Extension extension) throws IOException {
        Path folder = Files.createTempDirectory("mechanisms");
        try {
            Map<String, Object> values = new TreeMap<>(CONFIGURED);
            values.keySet().removeIf(key -> !key.startsWith(extension.name() + "."));
            Settings settings = Settings.declare(extension.settings()).with("test", values);
            return extension.open(new TestContext(
                    new ScriptedModel(),
                    new FolderWorkspace(folder.resolve("workspace")),
                    FileTools.SPECS,
                    settings,
                    folder.resolve("data"),
                    "mechanisms",
                    PROJECT,
                    List.of(),
                    new FakeSandbox(),
                    Optional.empty(),
                    false,
                    (name, kind, verdict, reason) -> {},
                    extension.name()));
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> overridden(Hooks hooks) {
        return Arrays.stream(hooks.getClass().getMethods())
                .filter(method -> method.getDeclaringClass() != Hooks.class)
                .map(Method::getName)
                .filter(HOOKS::contains)
                .distinct()
                .sorted()
                .toList();
    }

    private static String hooks(Hooks hooks) {
        return overridden(hooks).stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private static String changes(Hooks hooks, Set<String> seen) {
        Stream<String> decisions = new TreeSet<>(seen).stream().map(each -> each.replace('_', ' '));
        Stream<String> quiet =
                overridden(hooks).stream().filter(QUIET::containsKey).map(QUIET::get);
        Stream<String> tools =
                hooks.tools().stream().map(tool -> "tool `" + tool.spec().name() + "`");
        Stream<String> commands = hooks.commands().stream()
                .map(command -> "`/" + command.name().replaceFirst(":.*", ":NAME") + "`")
                .distinct();
        return Stream.of(decisions, quiet, tools, commands)
                .flatMap(each -> each)
                .collect(Collectors.joining(", "));
    }

    /** The numbers in the classes of its package. */
    private static String constants(Extension extension) throws IOException {
        Set<String> constants = new TreeSet<>();
        for (Class<?> type : classes(extension.getClass())) {
            for (Field field : type.getDeclaredFields()) {
                if (isNumber(field) && !field.getName().equals("serialVersionUID")) {
                    constants.add(field.getName().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + value(field));
                }
            }
        }
        return String.join(", ", constants);
    }

    private static boolean isNumber(Field field) {
        boolean constant = Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers());
        return constant
                && List.of(int.class, long.class, double.class, Duration.class).contains(field.getType());
    }

    private static String value(Field field) {
        try {
            field.setAccessible(true);
            Object value = field.get(null);
            return value instanceof Duration duration ? duration.toMillis() + " ms" : String.valueOf(value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Class<?>> classes(Class<?> extension) throws IOException {
        try {
            Path root = Path.of(extension
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path folder = root.resolve(extension.getPackageName().replace('.', '/'));
            try (Stream<Path> files = Files.list(folder)) {
                List<String> names = files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                        .map(name -> extension.getPackageName() + "." + name.replace(".class", ""))
                        .sorted()
                        .toList();
                List<Class<?>> classes = new ArrayList<>();
                for (String name : names) {
                    classes.add(Class.forName(name));
                }
                return classes;
            }
        } catch (URISyntaxException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String settings(Extension extension) {
        return extension.settings().stream().map(MechanismTable::setting).collect(Collectors.joining("<br>"));
    }

    private static String setting(Setting<?> setting) {
        return "`" + setting.key() + "` (" + setting.fallback() + "): "
                + setting.help().replace("|", "\\|");
    }
}
