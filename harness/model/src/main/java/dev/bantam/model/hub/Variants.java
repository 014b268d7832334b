package dev.bantam.model.hub;

import dev.bantam.api.ModelException;
import dev.bantam.engine.gguf.SplitName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The models that a repository offers, usually one in several quantizations, and the choice among them. */
public final class Variants {
    private static final String DEFAULT = "Q4_K_M";

    private final HubRef ref;
    private final List<Variant> all;

    /**
     * One model.
     *
     * @param path without the ending, and of a split model without the numbers
     * @param files all that belong to it, in order
     */
    public record Variant(String path, List<HubFile> files) {
        public Variant {
            files = List.copyOf(files);
        }

        public long bytes() {
            return files.stream().mapToLong(HubFile::bytes).sum();
        }
    }

    private Variants(HubRef ref, List<Variant> all) {
        this.ref = ref;
        this.all = all;
    }

    /** Sorts a repository's files. What is no model, such as the projector of pictures, can be had by its name only. */
    public static Variants of(HubRef ref, List<HubFile> files) {
        Map<String, List<HubFile>> groups = new LinkedHashMap<>();
        for (HubFile file : files) {
            if (file.name().toLowerCase(Locale.ROOT).endsWith(".gguf")) {
                groups.computeIfAbsent(stem(file), path -> new ArrayList<>()).add(file);
            }
        }
        List<Variant> all = new ArrayList<>();
        groups.forEach((path, parts) -> {
            parts.sort(Comparator.comparing(HubFile::path)); // the parts of a split model by their numbers
            all.add(new Variant(path, parts));
        });
        return new Variants(ref, List.copyOf(all));
    }

    private static String stem(HubFile file) {
        String folder =
                file.path().substring(0, file.path().length() - file.name().length());
        return folder
                + SplitName.of(file.name())
                        .map(split -> split.base() + " " + split.count())
                        .orElseGet(() -> file.name().replaceFirst("(?i)\\.gguf$", ""));
    }

    /**
     * The one that the user wants: by its file, by its quantization in any case, or without a word the only one or {@code
     * Q4_K_M}.
     *
     * @throws ModelException when none or more than one is meant, with a list of what there is
     */
    public Variant choose() throws ModelException {
        if (ref.wanted().isPresent()) {
            String wanted = ref.wanted().get();
            List<Variant> named =
                    all.stream().filter(variant -> isNamed(variant, wanted)).toList();
            return complete(only(named.isEmpty() ? models(wanted) : named, wanted));
        }
        List<Variant> models = all.stream().filter(Variants::isModel).toList();
        if (models.size() == 1) {
            return complete(models.getFirst());
        }
        List<Variant> usual = models(DEFAULT);
        if (usual.size() == 1) {
            return complete(usual.getFirst());
        }
        throw refusal(models.isEmpty() ? "has no model in a .gguf file" : "has several models: say which", models);
    }

    private List<Variant> models(String quantization) {
        Pattern word = Pattern.compile(
                "(^|[^A-Za-z0-9])" + Pattern.quote(quantization) + "($|[^A-Za-z0-9_])", Pattern.CASE_INSENSITIVE);
        return all.stream()
                .filter(Variants::isModel)
                .filter(variant -> word.matcher(variant.path()).find())
                .toList();
    }

    private static boolean isNamed(Variant variant, String wanted) {
        return variant.files().stream()
                .anyMatch(file -> wanted.equalsIgnoreCase(file.path()) || wanted.equalsIgnoreCase(file.name()));
    }

    private static boolean isModel(Variant variant) {
        String name =
                variant.path().substring(variant.path().lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return !name.startsWith("mmproj") && !name.contains("imatrix");
    }

    private Variant only(List<Variant> matching, String wanted) throws ModelException {
        if (matching.size() == 1) {
            return matching.getFirst();
        }
        throw matching.isEmpty()
                ? refusal("has no " + wanted, all)
                : refusal("has more than one " + wanted + ": name the file", matching);
    }

    /** Refuses a split model of which the repository lacks a part. */
    private Variant complete(Variant variant) throws ModelException {
        int count = SplitName.of(variant.files().getFirst().name())
                .map(SplitName::count)
                .orElse(1);
        if (variant.files().size() != count) {
            throw refusal(
                    "has only %d of the %d parts of %s"
                            .formatted(variant.files().size(), count, variant.path()),
                    all);
        }
        return variant;
    }

    private ModelException refusal(String problem, List<Variant> offered) {
        String list = offered.stream()
                .map(variant -> "\n  " + variant.files().getFirst().path()
                        + (variant.files().size() > 1
                                ? " and " + (variant.files().size() - 1) + " more parts"
                                : "")
                        + "  " + gigabytes(variant.bytes()))
                .collect(Collectors.joining());
        return new ModelException(
                ModelException.Kind.REJECTED,
                ref.id() + " " + problem + "."
                        + (offered.isEmpty()
                                ? " Look for a repository of the same model whose name ends in GGUF"
                                : " Name one as hf:" + ref.id() + ":QUANT or :FILE. There are:" + list));
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
    }
}
