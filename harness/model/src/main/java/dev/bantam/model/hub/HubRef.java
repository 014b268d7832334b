package dev.bantam.model.hub;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a user names a model on the hub.
 *
 * @param wanted a quantization such as {@code Q4_K_M}, or a file of the repository
 */
public record HubRef(String owner, String repo, Optional<String> wanted) {
    private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9._-]*";
    private static final Pattern FORM = Pattern.compile("hf:(" + NAME + ")/(" + NAME + ")(?::(.+))?");

    /**
     * Reads {@code hf:OWNER/REPO}, with {@code :QUANT} or {@code :FILE} behind it.
     *
     * @throws IllegalArgumentException when it is written otherwise
     */
    public static HubRef parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" names no model on the hub. Write hf:OWNER/REPO, with"
                    + " :QUANT or :FILE behind it, such as hf:Qwen/Qwen3-30B-A3B-GGUF:Q4_K_M");
        }
        return new HubRef(form.group(1), form.group(2), Optional.ofNullable(form.group(3)));
    }

    /** {@code OWNER/REPO}. */
    public String id() {
        return owner + "/" + repo;
    }
}
