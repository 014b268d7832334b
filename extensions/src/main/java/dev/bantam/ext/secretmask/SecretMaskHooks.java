package dev.bantam.ext.secretmask;

import dev.bantam.api.Arguments;
import dev.bantam.api.CallVerdict;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Part;
import dev.bantam.api.ToolResult;
import dev.bantam.api.Workspace.OutsideWorkspaceException;
import dev.bantam.ext.text.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;

/** Hides on the way to the model, and gives back to the file that it came from. */
final class SecretMaskHooks implements Hooks {
    private static final long MAX_BYTES = 10 << 20;

    private final ExtensionContext context;
    private final Mask mask;

    SecretMaskHooks(ExtensionContext context, Mask mask) {
        this.context = context;
        this.mask = mask;
    }

    @Override
    public Optional<String> rewritePrompt(String text) {
        return changed(text);
    }

    @Override
    public Optional<ToolResult> rewriteResult(Part.ToolCall call, ToolResult result) {
        return changed(result.content()).map(result::withContent);
    }

    private Optional<String> changed(String text) {
        String hidden = mask.hide(text);
        return hidden.equals(text) ? Optional.empty() : Optional.of(hidden);
    }

    @Override
    public CallVerdict judgeCall(Part.ToolCall call) {
        List<String> used = Placeholders.ANY
                .matcher(call.arguments().values().toString())
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        Map<String, String> known = used.isEmpty() ? Map.of() : known(call);
        Optional<String> unknown = used.stream()
                .filter(placeholder -> !known.containsKey(placeholder))
                .findFirst();
        return unknown.isEmpty() ? CallVerdict.ALLOW : refuse(call, unknown.get());
    }

    private static CallVerdict refuse(Part.ToolCall call, String placeholder) {
        String resource = call.tool().equals("edit") ? "not-in-this-file.md" : "not-for-this-tool.md";
        String text = Template.of(SecretMaskHooks.class, resource)
                .with(Map.of("tool", call.tool(), "placeholder", placeholder));
        return new CallVerdict.Refuse(text, "it would need the secret behind " + placeholder);
    }

    @Override
    public Optional<Part.ToolCall> prepareCall(Part.ToolCall call) {
        if (!call.tool().equals("edit")
                || !Placeholders.ANY
                        .matcher(call.arguments().values().toString())
                        .find()) {
            return Optional.empty();
        }
        Map<String, String> known = known(call);
        Map<String, Object> real = new LinkedHashMap<>(call.arguments().values());
        real.replaceAll((name, value) -> value instanceof String text && !name.equals("path")
                ? reveal(known).apply(text)
                : value);
        return Optional.of(new Part.ToolCall(call.id(), call.tool(), new Arguments(real), call.raw()));
    }

    private static UnaryOperator<String> reveal(Map<String, String> known) {
        return text -> {
            String revealed = text;
            for (Map.Entry<String, String> secret : known.entrySet()) {
                revealed = revealed.replace(secret.getKey(), secret.getValue());
            }
            return revealed;
        };
    }

    /** What the file of an edit holds now; of any other call nothing. */
    private Map<String, String> known(Part.ToolCall call) {
        Optional<String> path = call.arguments().optionalText("path");
        if (!call.tool().equals("edit") || path.isEmpty()) {
            return Map.of();
        }
        try {
            Path file = context.workspace().resolve(path.get());
            boolean readable = Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES;
            return readable ? mask.standingIn(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)) : Map.of();
        } catch (OutsideWorkspaceException | IOException e) {
            return Map.of();
        }
    }
}
