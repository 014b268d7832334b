package dev.bantam.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Arguments;
import dev.bantam.api.LiveConstraint;
import dev.bantam.api.Schema;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link Tool} must keep. */
public abstract class ToolContract {
    private static final List<String> HOSTILE_PATHS = List.of(
            "",
            " ",
            "no/such/file.txt",
            "..",
            "../../../etc/passwd",
            "/etc/passwd",
            "/",
            "~",
            "~/.ssh/id_rsa",
            "~root/x",
            "file:///etc/passwd",
            "file://%zz",
            "file:",
            "nul\0byte",
            "line\nbreak",
            "\uD800",
            "a/".repeat(3000),
            "x".repeat(5000),
            "src/Main.txt/below-a-file");

    @TempDir
    protected Path temporary;

    private ToolContext context;

    /** A new tool, as a session gets it. */
    protected abstract Tool tool();

    /** The context of a session in this workspace. */
    protected abstract ToolContext contextFor(Path workspace, Path scratch) throws IOException;

    /** Arguments that are right, for a workspace in which {@code src/Main.txt} holds {@code hello}. */
    protected abstract Arguments example();

    @BeforeEach
    void makeWorkspace() throws IOException {
        Path workspace = Files.createDirectory(temporary.resolve("contract-workspace"));
        Files.createDirectory(workspace.resolve("src"));
        Files.writeString(workspace.resolve("src/Main.txt"), "hello\n");
        context = contextFor(workspace, temporary.resolve("contract-scratch"));
    }

    @Test
    void isCalledByAPlainName() {
        assertThat(tool().spec().name()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    }

    @Test
    void saysInAFewWordsWhatItDoes() {
        assertThat(tool().spec().description()).isNotBlank().hasSizeLessThan(400);
    }

    @Test
    void staysTheSameFromCallToCall() {
        assertThat(tool().spec()).isEqualTo(tool().spec());
    }

    @Test
    void givesNoNameTwoMeanings() {
        ToolSpec spec = tool().spec();
        List<String> names = new ArrayList<>();
        for (Schema.Field field : spec.parameters().fields()) {
            names.add(plain(field.name()));
            field.aliases().forEach(alias -> names.add(plain(alias)));
        }

        assertThat(names).doesNotHaveDuplicates();
        assertThat(spec.aliases().stream().map(ToolContract::plain)).doesNotHaveDuplicates();
        assertThat(spec.aliases().stream().map(ToolContract::plain)).doesNotContain(plain(spec.name()));
    }

    /** As {@link ToolSpec#answersTo} compares. */
    private static String plain(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    @Test
    void takesItsExample() throws Exception {
        assertThat(tool().run(example(), context)).isInstanceOf(ToolResult.Done.class);
    }

    @Test
    void takesItsExampleWithoutWhatIsOptional() throws Exception {
        assertThat(tool().run(withoutOptional(example()), context).content()).isNotBlank();
    }

    private Arguments withoutOptional(Arguments arguments) {
        Map<String, Object> values = new TreeMap<>(arguments.values());
        tool().spec().parameters().fields().stream()
                .filter(field -> !field.required())
                .forEach(field -> values.remove(field.name()));
        return new Arguments(values);
    }

    @Test
    void answersEveryHostileValueInWords() throws Exception {
        for (Schema.Field field : tool().spec().parameters().fields()) {
            if (!(field.type() instanceof Schema.Text)) {
                continue;
            }
            for (String hostile : HOSTILE_PATHS) {
                Map<String, Object> values = new TreeMap<>(example().values());
                values.put(field.name(), hostile);
                ToolResult result = tool().run(new Arguments(values), context);
                assertThat(result.content())
                        .as("%s = %s", field.name(), hostile)
                        .isNotBlank();
            }
        }
        for (int number : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            for (Schema.Field field : tool().spec().parameters().fields()) {
                if (field.type() instanceof Schema.Whole) {
                    Map<String, Object> values = new TreeMap<>(example().values());
                    values.put(field.name(), number);
                    assertThat(tool().run(new Arguments(values), context).content())
                            .as("%s = %s", field.name(), number)
                            .isNotBlank();
                }
            }
        }
    }

    @Test
    void touchesNothingOutsideTheWorkspace() throws Exception {
        Path outside = Files.writeString(temporary.resolve("outside.txt"), "hello\n");
        Path link = context.workspace().root().resolve("link.txt");
        Files.createSymbolicLink(link, outside);
        Files.createSymbolicLink(context.workspace().root().resolve("out"), temporary);
        for (String name :
                List.of("link.txt", "out/outside.txt", "../outside.txt", outside.toString(), "out/new.txt")) {
            Map<String, Object> values = new TreeMap<>(example().values());
            if (values.put("path", name) == null) {
                return; // it takes no path, or none here
            }
            ToolResult result = tool().run(new Arguments(values), context);
            assertThat(result).as(name).isNotInstanceOf(ToolResult.Done.class);
        }

        assertThat(outside).hasContent("hello");
        assertThat(temporary.resolve("new.txt")).doesNotExist();
    }

    @Test
    void changesNothingIfItSaysSo() throws Exception {
        if (tool().readOnly()) {
            Map<String, String> before = snapshot();
            ToolResult result = tool().run(example(), context);
            assertThat(snapshot()).isEqualTo(before);
            assertThat(result.effectsOrNone().changed()).isEmpty();
        }
    }

    @Test
    void namesEveryFileThatItChanged() throws Exception {
        Map<String, String> before = snapshot();
        ToolResult result = tool().run(example(), context);
        Map<String, String> after = snapshot();

        after.entrySet().removeAll(before.entrySet());
        assertThat(result.effectsOrNone().changed()).containsExactlyInAnyOrderElementsOf(after.keySet());
    }

    @Test
    void bindsOnlyArgumentsThatItHas() {
        for (LiveConstraint constraint : tool().constraints(context)) {
            assertThat(tool().spec().parameters().fields())
                    .extracting(Schema.Field::name)
                    .contains(constraint.argument());
        }
    }

    private Map<String, String> snapshot() throws IOException {
        Path root = context.workspace().root();
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return content;
    }
}
