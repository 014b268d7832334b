package dev.bantam.ext.modelprofile;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Setting;
import java.util.List;
import java.util.Map;

/** Asks each family of models in its own way. */
public final class ModelProfiles implements Extension {
    static final Setting<String> USE = Setting.text(
            "model-profile.use", "auto", "The name of a profile, such as benchmark; auto chooses by the model.");

    @Override
    public String name() {
        return "model-profile";
    }

    @Override
    public String summary() {
        return "Sets thinking budget, temperature, reply limit and a text by the model's family.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(USE);
    }

    @Override
    public Map<String, Object> defaults(ExtensionContext context) {
        return profile(context).settings();
    }

    /** @throws IllegalArgumentException when a profile of the user's is wrong, or the one to use is not there */
    @Override
    public Hooks open(ExtensionContext context) {
        return new ModelProfileHooks(context, profile(context));
    }

    private static Profile profile(ExtensionContext context) {
        Shelf shelf = Shelf.of(context.configFolder());
        String name = context.setting(USE);
        return name.equals("auto") ? shelf.fitting(context.model()) : shelf.named(name);
    }
}
