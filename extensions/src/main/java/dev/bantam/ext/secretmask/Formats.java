package dev.bantam.ext.secretmask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what has the form of a key. Each pattern's first group, where it has one, is the secret in what it matches. */
final class Formats {
    private static final int SHORTEST_KEY = 20;
    private static final Map<String, Pattern> KNOWN = known();

    private Formats() {}

    private static Map<String, Pattern> known() {
        Map<String, Pattern> known = new LinkedHashMap<>();
        known.put(
                "private-key",
                Pattern.compile(
                        "-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:[\\s\\S]*?-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|[A-Za-z0-9+/=\\s\\\\]{40,})"));
        known.put("aws-key-id", Pattern.compile("\\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\\b"));
        known.put(
                "github-token",
                Pattern.compile("\\b(?:gh[pousr]_[A-Za-z0-9]{36,251}|github_pat_[A-Za-z0-9_]{60,255})\\b"));
        known.put("gitlab-token", Pattern.compile("\\bgl(?:pat|dt|rt|cbt|ptt)-[\\w-]{20,}"));
        known.put(
                "slack-token",
                Pattern.compile("\\bxox[abeoprs]-[A-Za-z0-9-]{10,}|hooks\\.slack\\.com/services/(T\\w+/B\\w+/\\w+)"));
        known.put("anthropic-key", Pattern.compile("\\bsk-ant-[\\w-]{20,}"));
        known.put("openai-key", Pattern.compile("\\bsk-(?:proj-|svcacct-|admin-|or-v1-)?[A-Za-z0-9_-]{20,}"));
        known.put("google-key", Pattern.compile("\\bAIza[\\w-]{35}(?![\\w-])|\\bya29\\.[\\w-]{20,}"));
        known.put(
                "stripe-key", Pattern.compile("\\b[sr]k_(?:live|test)_[0-9a-zA-Z]{16,}|\\bwhsec_[A-Za-z0-9+/=]{24,}"));
        known.put("npm-token", Pattern.compile("\\bnpm_[A-Za-z0-9]{36}\\b"));
        known.put("pypi-token", Pattern.compile("\\bpypi-AgE[\\w-]{50,}"));
        known.put("huggingface-token", Pattern.compile("\\bhf_[A-Za-z0-9]{30,}\\b"));
        known.put("sendgrid-key", Pattern.compile("\\bSG\\.[\\w-]{22}\\.[\\w-]{43}"));
        known.put("digitalocean-token", Pattern.compile("\\bdo[opr]_v1_[a-f0-9]{64}\\b"));
        known.put("telegram-token", Pattern.compile("\\b\\d{8,10}:AA[\\w-]{33}\\b"));
        known.put("azure-key", Pattern.compile("\\bAccountKey=([A-Za-z0-9+/]{80,}={0,2})"));
        known.put("jwt", Pattern.compile("\\beyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{10,}"));
        known.put(
                "bearer-token",
                Pattern.compile(
                        "(?i)\\bauthorization[\"']?\\s*[:=]\\s*[\"']?(?:bearer|basic|token)\\s+([\\w.~+/=-]{16,})"));
        known.put(
                "password",
                Pattern.compile("\\b[a-z][a-z0-9+.-]{1,20}://[^\\s/:@\"'<>]{1,100}:([^\\s/@\"'<>]{3,200})@[\\w.\\[-]"));
        return known;
    }

    static List<Secret> in(String text) {
        List<Secret> found = new ArrayList<>();
        KNOWN.forEach((kind, pattern) -> {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                boolean part = matcher.groupCount() > 0 && matcher.group(1) != null;
                String value = part ? matcher.group(1) : matcher.group();
                if (isReal(kind, value)) {
                    found.add(new Secret(kind, value));
                }
            }
        });
        found.addAll(Assigned.in(text));
        return found;
    }

    /** Not a word of a style sheet such as {@code sk-circle-fade-dot-four}, nor something that stands for a value. */
    private static boolean isReal(String kind, String value) {
        return switch (kind) {
            case "openai-key", "anthropic-key" ->
                value.length() >= SHORTEST_KEY && Randomness.looksRandom(value.substring(value.lastIndexOf('-') + 1));
            case "password" -> !Randomness.standsForAValue(value);
            case "bearer-token" -> Randomness.looksRandom(value);
            default -> true;
        };
    }
}
