package dev.bantam.sandbox.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeTest {
    @TempDir
    Path workspace;

    private void file(String name) throws Exception {
        Path file = workspace.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
    }

    @Test
    void tellsAWorkspacesLanguagesByItsFiles() throws Exception {
        file("pom.xml");
        file("web/package.json");
        file("tools/build.py");

        assertThat(Languages.of(workspace)).containsExactly(Language.JAVA, Language.JAVASCRIPT, Language.PYTHON);
    }

    @Test
    void passesOverWhatOthersWrote() throws Exception {
        file("node_modules/a/native.c");
        file(".venv/lib/a.py");
        file("target/generated/A.java");
        file("README.md");

        assertThat(Languages.of(workspace)).isEmpty();
    }

    @Test
    void namesAnImageByItsRecipe() {
        Recipe java = Recipe.forLanguages(Set.of(Language.JAVA));

        assertThat(java.name()).matches("bantam-sandbox:java-[0-9a-f]{12}");
        assertThat(java.dockerfile())
                .startsWith("FROM debian:" + Recipe.RELEASE)
                .contains("openjdk", " git ");
        assertThat(Recipe.forLanguages(EnumSet.of(Language.JAVA, Language.GO)).name())
                .startsWith("bantam-sandbox:go-java-");
        assertThat(Recipe.forLanguages(Set.of()).name()).startsWith("bantam-sandbox:base-");
        assertThat(Recipe.of("FROM a\n").name())
                .isNotEqualTo(Recipe.of("FROM b\n").name());
    }

    @Test
    void anImageWithMoreLanguagesDoesTheFewestFirst() {
        String two = Recipe.forLanguages(Set.of(Language.JAVA, Language.GO)).name();
        String three = Recipe.forLanguages(Set.of(Language.JAVA, Language.GO, Language.C))
                .name();
        String other = Recipe.forLanguages(Set.of(Language.C)).name();

        assertThat(WorkspaceImage.among(Set.of(three, two, other), Set.of(Language.JAVA)))
                .contains(two);
        assertThat(WorkspaceImage.among(Set.of(other, "bantam-sandbox:java-000000000000"), Set.of(Language.JAVA)))
                .isEmpty();
    }
}
