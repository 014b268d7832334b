package dev.bantam.ext;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Extension;
import dev.bantam.api.Hooks;
import dev.bantam.api.Setting;
import dev.bantam.core.hooks.Extensions;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.spi.ToolProvider;
import javax.tools.JavaCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README is true: its example is compiled, packed, installed and run as it says. */
class ReadmeTest {
    private static final Path EXAMPLE = Path.of("src/test/resources/example-extension");

    @TempDir
    Path folder;

    @Test
    void showsTheExampleAsItIsTested() throws IOException {
        String readme = Files.readString(Path.of("README.md"));

        assertThat(readme)
                .contains("```java\n" + Files.readString(EXAMPLE.resolve("src/example/NoTodo.java")) + "```\n")
                .contains("```java\n" + Files.readString(EXAMPLE.resolve("test/example/NoTodoTest.java")) + "```\n")
                .contains("```\n" + Files.readString(EXAMPLE.resolve("src/META-INF/services/dev.bantam.api.Extension"))
                        + "```\n");
    }

    @Test
    void anExtensionBuiltAgainstTheApiAloneTakesEffectFromItsFolder() throws Exception {
        Path extensions = install();
        Path workspace = Files.createDirectory(folder.resolve("workspace"));
        Extensions found = Extensions.find(extensions);
        Extension example = found.choose(List.of("+no-todo")).getFirst();
        Rig rig = new Rig(workspace).with(example);
        rig.model
                .calls("write", "path", "a.py", "content", "# TODO\n")
                .calls("todos", "path", "a.py")
                .says("ok");

        rig.run("Write a.py.");

        assertThat(example.getClass().getClassLoader()).isNotSameAs(Extension.class.getClassLoader());
        assertThat(workspace.resolve("a.py")).doesNotExist();
        assertThat(rig.model.requests().get(1).messages().getLast().text())
                .startsWith("write refused: the content has a TODO in it.");
        assertThat(rig.lastRead()).isEqualTo("todos failed: there is no file a.py. Use glob to find it.");
        assertThat(rig.model.lastRequest().tools())
                .extracting(tool -> tool.name())
                .contains("todos");
        assertThat(found.choose(List.of("-no-todo"))).doesNotContain(example);
    }

    @Test
    void theTestOfTheExamplePasses() throws Exception {
        Path out = folder.resolve("out");
        compile(System.getProperty("java.class.path"), out, "src/example/NoTodo.java", "test/example/NoTodoTest.java");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {out.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> type = loader.loadClass("example.NoTodoTest");
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object test = constructor.newInstance();
            var temporary = type.getDeclaredField("folder");
            temporary.setAccessible(true);
            temporary.set(test, Files.createDirectory(folder.resolve("workspace")));
            Method method = type.getDeclaredMethod("unfinishedFilesAreNotWritten");
            method.setAccessible(true);
            method.invoke(test);
        }
    }

    @Test
    void namesEveryExtensionSettingAndHook() throws IOException {
        String readme = Files.readString(Path.of("README.md"));

        for (Extension extension : ServiceLoader.load(Extension.class)) {
            assertThat(readme).contains("| `" + extension.name() + "` |");
            for (Setting<?> setting : extension.settings()) {
                assertThat(setting.key()).startsWith(extension.name() + ".");
                assertThat(readme).contains("`" + setting.key() + "` (" + setting.fallback() + ")");
            }
        }
        assertThat(Arrays.stream(Hooks.class.getDeclaredMethods()).map(Method::getName))
                .allSatisfy(hook -> assertThat(readme).contains("| `" + hook + "` |"));
    }

    /** Does what the README says: javac, copy, jar, copy. */
    private Path install() throws Exception {
        Path out = folder.resolve("out");
        Path api = Path.of(Extension.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        compile(api.toString(), out, "src/example/NoTodo.java");
        Path services = Files.createDirectories(out.resolve("META-INF/services"));
        String name = "dev.bantam.api.Extension";
        Files.copy(EXAMPLE.resolve("src/META-INF/services").resolve(name), services.resolve(name));
        Path extensions = Files.createDirectory(folder.resolve("extensions"));
        Path jar = extensions.resolve("no-todo.jar");
        int code = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "--create", "--file", jar.toString(), "-C", out.toString(), ".");
        assertThat(code).isZero();
        return extensions;
    }

    private static void compile(String classPath, Path out, String... sources) {
        JavaCompiler compiler = javax.tools.ToolProvider.getSystemJavaCompiler();
        List<String> arguments = new ArrayList<>(List.of(
                "--release",
                "25",
                "-Xlint:all,-processing",
                "-Werror",
                "-proc:none",
                "-cp",
                classPath,
                "-d",
                out.toString()));
        for (String source : sources) {
            arguments.add(EXAMPLE.resolve(source).toString());
        }
        assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }
}
