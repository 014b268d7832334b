package dev.bantam.ext.modelprofile;

import dev.bantam.api.ChatRequest;
import dev.bantam.api.Event;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.ThinkingLevel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Fills in what the user left open. */
final class ModelProfileHooks implements Hooks {
    private final ExtensionContext context;
    private final Profile profile;
    private boolean reported;
    private boolean told;

    ModelProfileHooks(ExtensionContext context, Profile profile) {
        this.context = context;
        this.profile = profile;
        this.told = !context.earlier().isEmpty(); // the session has the text already
    }

    @Override
    public void onEvent(Event event) {
        if (event instanceof Event.TurnStarted && !reported && profile != Profile.NONE) {
            reported = true;
            context.decided("model", "profile", profile.name());
        }
    }

    @Override
    public Optional<ChatRequest.Options> shapeOptions(ChatRequest.Options options) {
        int most = Math.min(profile.maxOutputTokens().orElse(Integer.MAX_VALUE), options.maxOutputTokens());
        ChatRequest.Options shaped =
                new ChatRequest.Options(thinking(options.thinking(), most), temperature(options), options.seed(), most);
        return shaped.equals(options) ? Optional.empty() : Optional.of(shaped);
    }

    /** At most half of the reply: a thought that takes all of it leaves no room for a call. */
    private ThinkingLevel thinking(ThinkingLevel asked, int most) {
        boolean open = asked.equals(ThinkingLevel.MODEL_DEFAULT)
                && profile.thinking().isPresent()
                && context.model().capabilities().thinking();
        return open ? new ThinkingLevel(Optional.of(Math.min(profile.thinking().getAsInt(), most / 2))) : asked;
    }

    private OptionalDouble temperature(ChatRequest.Options options) {
        return options.temperature().isPresent() ? options.temperature() : profile.temperature();
    }

    @Override
    public List<Guidance> guide(List<Message> conversation) {
        boolean first = !told;
        told = true;
        return first
                ? profile.prompt().stream()
                        .map(text -> new Guidance(text, "the profile " + profile.name()))
                        .toList()
                : List.of();
    }

    @Override
    public List<Carried> carried() {
        return profile.prompt().stream()
                .map(text -> new Carried("How to work", text))
                .toList();
    }
}
