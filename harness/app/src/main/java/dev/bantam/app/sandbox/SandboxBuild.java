package dev.bantam.app.sandbox;

import dev.bantam.app.setup.AppSettings;
import dev.bantam.app.setup.Configuration;
import dev.bantam.app.setup.Exit;
import dev.bantam.app.setup.HelpOption;
import dev.bantam.app.setup.Invocation;
import dev.bantam.app.setup.RunOptions;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.sandbox.docker.Engine;
import dev.bantam.sandbox.docker.EngineImages;
import dev.bantam.sandbox.image.Recipe;
import dev.bantam.sandbox.image.WithoutRegistry;
import dev.bantam.tui.Clean;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Gets the image for this workspace: from a registry, else from a Debian mirror. Nothing else ever fetches one. */
@Command(
        name = "build",
        description = "Get the image that this workspace's containers are made from: build it from the Dockerfile that"
                + " comes along or from the project's own, or fetch the one that the settings name.")
final class SandboxBuild implements Callable<Integer> {
    private final Invocation invocation;

    @ParentCommand
    private SandboxCommand sandbox;

    @Option(
            names = "--without-registry",
            description = "Make the default image from a Debian mirror, with mmdebstrap, or as root with debootstrap.")
    private boolean withoutRegistry;

    @Option(
            names = "--mirror",
            paramLabel = "URL",
            defaultValue = "http://deb.debian.org/debian",
            description = "The Debian mirror for that. Default: ${DEFAULT-VALUE}.")
    private String mirror;

    @Option(names = "--again", description = "Also when the image is there.")
    private boolean again;

    @Option(names = "--show", description = "Show the Dockerfile and the image's name, and do nothing.")
    private boolean show;

    @Mixin
    private HelpOption help = new HelpOption();

    SandboxBuild(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Exception {
        RunOptions options = sandbox.options();
        Configuration configuration = Configuration.of(options, invocation);
        WantedImage wanted = WantedImage.of(configuration);
        if (show) {
            say("# " + wanted.name() + ", by " + wanted.origin());
            wanted.recipe().ifPresent(recipe -> say(recipe.dockerfile().stripTrailing()));
            return Exit.COMPLETED;
        }
        if (configuration.settings().get(AppSettings.LOCAL_ONLY)) {
            throw new ConfigException("getting an image needs the network, which --offline and local-only rule out");
        }
        try (Engine engine = Engine.find(invocation.environment())) {
            if (engine.images().has(wanted.name()) && !again) {
                say("The image " + wanted.name() + " is there already (--again makes it anew).");
                return Exit.COMPLETED;
            }
            if (configuration.settings().get(AppSettings.LOCAL_ONLY)) {
                throw new ConfigException(
                        "getting an image needs the network, which --offline and local-only rule out");
            }
            long begin = System.nanoTime();
            say("Getting the image " + wanted.name() + ", by " + wanted.origin() + ". This takes some minutes.");
            get(wanted, engine.images());
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            say("The image " + wanted.name() + " is there, after "
                    + String.format(Locale.ROOT, "%d:%02d", took.toMinutes(), took.toSecondsPart()) + " minutes.");
        }
        return Exit.COMPLETED;
    }

    private void get(WantedImage wanted, EngineImages images) throws IOException, InterruptedException {
        if (wanted.recipe().isEmpty()) {
            images.pull(wanted.name(), this::say);
            return;
        }
        Recipe recipe = wanted.recipe().get();
        if (withoutRegistry) {
            new WithoutRegistry(mirror, this::say).make(recipe, images);
            return;
        }
        try {
            images.build(recipe.name(), recipe.dockerfile(), this::say);
        } catch (IOException unreachable) {
            if (recipe.packages().isEmpty()) {
                throw unreachable;
            }
            say("The engine could not build it: " + unreachable.getMessage());
            say("So it is made from the Debian mirror " + mirror + ".");
            try {
                new WithoutRegistry(mirror, this::say).make(recipe, images);
            } catch (IOException e) {
                e.addSuppressed(unreachable);
                throw new IOException(
                        "the image " + recipe.name() + " cannot be had. With a registry: " + unreachable.getMessage()
                                + ". " + "Without: " + e.getMessage(),
                        e);
            }
        }
    }

    private void say(String line) {
        invocation.out().println(Clean.text(line));
        invocation.out().flush();
    }
}
