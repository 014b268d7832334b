package dev.bantam.ext.secretmask;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import java.util.Map;

/** Keeps secrets from the model. */
public final class SecretMask implements Extension {
    private final Map<String, String> environment;

    public SecretMask() {
        this(System.getenv());
    }

    SecretMask(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public String name() {
        return "secret-mask";
    }

    @Override
    public String summary() {
        return "Replaces keys and tokens by placeholders before the model reads them.";
    }

    @Override
    public Hooks open(ExtensionContext context) {
        Placeholders placeholders = Placeholders.of(context.dataFolder());
        return new SecretMaskHooks(
                context, new Mask(placeholders, KnownSecrets.of(environment, context.configFolder())));
    }
}
