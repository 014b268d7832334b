package dev.bantam.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The structure that the design fixes, held against the classes. */
class StructureTest {
    private static final Set<String> SHARED = Set.of("text", "files");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.bantam");

    static Stream<ArchRule> rules() {
        return Stream.of(
                seesOnly("dev.bantam.api..", "dev.bantam.api..", "java.."),
                noClasses()
                        .that()
                        .resideInAPackage("dev.bantam.engine..")
                        .and()
                        .resideOutsideOfPackage("dev.bantam.engine.jlama..")
                        .should()
                        .dependOnClassesThat(not(resideInAnyPackage(
                                "dev.bantam.engine..", "java..", "com.sun.management..", "jdk.incubator.vector..")))
                        .as("the engine sees the JDK only, but for folders of safetensors"),
                seesOnly(
                        "dev.bantam.engine.jlama..",
                        "dev.bantam.engine..",
                        "java..",
                        "jdk.incubator.vector..",
                        "com.github.tjake.jlama..",
                        "com.fasterxml.jackson..",
                        "com.google.common.."),
                noClasses()
                        .that()
                        .resideOutsideOfPackage("dev.bantam.engine.jlama..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("com.github.tjake..", "com.google.common..")
                        .as("jlama is named in one package of the engine only"),
                ours("dev.bantam.core..", "dev.bantam.api..", "dev.bantam.core.."),
                ours("dev.bantam.model..", "dev.bantam.api..", "dev.bantam.engine..", "dev.bantam.model.."),
                ours("dev.bantam.tools..", "dev.bantam.api..", "dev.bantam.tools.."),
                ours("dev.bantam.tui..", "dev.bantam.api..", "dev.bantam.tui.."),
                ours("dev.bantam.sandbox..", "dev.bantam.api..", "dev.bantam.sandbox.."),
                seesOnly("dev.bantam.skills..", "dev.bantam.api..", "dev.bantam.skills..", "java.."),
                ours("dev.bantam.ext..", "dev.bantam.api..", "dev.bantam.ext.."),
                noClasses()
                        .that()
                        .resideOutsideOfPackage("dev.bantam.model..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("dev.langchain4j..")
                        .as("LangChain4j is named in the model module only"),
                slices().matching("dev.bantam.(*)..").should().beFreeOfCycles(),
                slices().matching("dev.bantam.core.(*)..").should().beFreeOfCycles(),
                slices().matching("dev.bantam.app.(*)..").should().beFreeOfCycles(),
                noClasses()
                        .that()
                        .resideInAPackage("dev.bantam.app.*")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("dev.bantam.app")
                        .as("commands and what they share do not know the program that wires them"),
                slices().matching("dev.bantam.ext.(*)..").should().beFreeOfCycles());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theStructureIsAsDesigned(ArchRule rule) {
        rule.check(CLASSES);
    }

    @Test
    void extensionsAreBlindToOneAnother() throws IOException {
        List<String> names = extensionPackages();
        assertThat(names).contains("toolcallrepair", "turncap", "writeguard");
        for (String name : names) {
            noClasses()
                    .that()
                    .resideInAPackage("dev.bantam.ext." + name + "..")
                    .should()
                    .dependOnClassesThat(resideInAnyPackage("dev.bantam.ext..")
                            .and(not(resideInAnyPackage(
                                    "dev.bantam.ext." + name + "..",
                                    "dev.bantam.ext.text..",
                                    "dev.bantam.ext.files.."))))
                    .check(CLASSES);
        }
    }

    /** All but those that extensions share. */
    private static List<String> extensionPackages() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("../../extensions/src/main/java/dev/bantam/ext"))) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> !SHARED.contains(name))
                    .toList();
        }
    }

    @Test
    void noStaticFieldCanChange() {
        fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .check(CLASSES);
    }

    @Test
    void onlyTheTerminalAndTheAppWriteToTheStandardStreams() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.bantam.app..", "dev.bantam.tui..")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(CLASSES);
    }

    /** Everything that these classes use, the JDK and libraries included, comes from these packages. */
    private static ArchRule seesOnly(String from, String... allowed) {
        return noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(allowed)))
                .as(from + " sees only " + String.join(", ", allowed));
    }

    /** What these classes use of this project comes from these packages; libraries are free. */
    private static ArchRule ours(String from, String... allowed) {
        return noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.bantam..").and(not(resideInAnyPackage(allowed))))
                .as(from + " sees of this project only " + String.join(", ", allowed));
    }
}
