package dev.bantam.app.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bantam.app.setup.Configuration;
import dev.bantam.app.setup.SandboxSettings;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.sandbox.image.Languages;
import dev.bantam.sandbox.image.Recipe;
import dev.bantam.sandbox.image.WorkspaceImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The image that a workspace's commands are to run in: named by a setting, else from the Dockerfile of a project that is
 * trusted, else a default one for the workspace's languages.
 *
 * @param recipe how to make it; empty for one that is fetched by its name
 * @param origin where the wish comes from, for people
 */
record WantedImage(String name, Optional<Recipe> recipe, String origin) {
    /** A value of the setting that stands for what the project's devcontainer.json names. */
    static final String DEVCONTAINER = "devcontainer";

    private static final String PROJECT_DOCKERFILE = ".bantam/Dockerfile";
    private static final List<String> DEVCONTAINER_FILES =
            List.of(".devcontainer/devcontainer.json", ".devcontainer.json");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    static WantedImage of(Configuration configuration) throws ConfigException, IOException {
        Optional<String> named = configuration.settings().find(SandboxSettings.IMAGE);
        if (named.filter(DEVCONTAINER::equals).isPresent()) {
            return ofDevcontainer(configuration.workspace());
        }
        if (named.isPresent()) {
            return new WantedImage(named.get(), Optional.empty(), "the setting " + SandboxSettings.IMAGE.key());
        }
        byte[] dockerfile = configuration.trusted().get(PROJECT_DOCKERFILE);
        if (dockerfile != null) {
            return of(new String(dockerfile, StandardCharsets.UTF_8), "the project's " + PROJECT_DOCKERFILE);
        }
        Recipe recipe = Recipe.forLanguages(Languages.of(configuration.workspace()));
        return new WantedImage(recipe.name(), Optional.of(recipe), "the workspace's languages");
    }

    /** The name of an image that is there and does: for a default one also one with more languages. */
    Optional<String> among(Set<String> there, Path workspace) throws IOException {
        if (recipe.isPresent() && !recipe.get().packages().isEmpty()) {
            return WorkspaceImage.among(there, Languages.of(workspace));
        }
        String tagged = name.substring(name.lastIndexOf('/') + 1).contains(":") ? name : name + ":latest";
        return there.contains(tagged) || there.contains("localhost/" + tagged) ? Optional.of(name) : Optional.empty();
    }

    private static WantedImage of(String dockerfile, String origin) {
        Recipe recipe = Recipe.of(dockerfile);
        return new WantedImage(recipe.name(), Optional.of(recipe), origin);
    }

    private static WantedImage ofDevcontainer(Path workspace) throws ConfigException, IOException {
        for (String name : DEVCONTAINER_FILES) {
            Path file = workspace.resolve(name);
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return ofDevcontainer(file, "the project's " + name);
            }
        }
        throw new ConfigException("the setting " + SandboxSettings.IMAGE.key() + " is \"" + DEVCONTAINER
                + "\", and the project has no " + String.join(" and no ", DEVCONTAINER_FILES));
    }

    private static WantedImage ofDevcontainer(Path file, String origin) throws ConfigException, IOException {
        JsonNode root;
        try {
            root = JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new ConfigException(file + " is no JSON: " + e.getOriginalMessage(), e);
        }
        String image = root.path("image").asText("");
        if (!image.isEmpty()) {
            return new WantedImage(image, Optional.empty(), origin);
        }
        String dockerfile = root.path("build")
                .path("dockerfile")
                .asText(root.path("dockerFile").asText(""));
        if (dockerfile.isEmpty()) {
            throw new ConfigException(
                    file + " names no \"image\" and no \"build.dockerfile\", and nothing else of it can be"
                            + " used. Name an image in the setting " + SandboxSettings.IMAGE.key());
        }
        Path named = file.resolveSibling(dockerfile).normalize();
        if (!named.startsWith(file.getParent()) || !Files.isRegularFile(named, LinkOption.NOFOLLOW_LINKS)) {
            throw new ConfigException(file + " names the Dockerfile " + dockerfile + ", which is not beside it");
        }
        return of(Files.readString(named), origin);
    }
}
