package dev.bantam.ext.permission;

import dev.bantam.ext.permission.shell.Word;
import dev.bantam.ext.permission.shell.Word.Piece;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Expands words as a shell would, where that needs no run: braces, the tilde, and variables with a known value. */
final class Expansion {
    private static final int MOST_BRACES = 64;

    private final Path home;

    Expansion(Path home) {
        this.home = home;
    }

    /** The arguments that a word becomes. */
    List<Arg> of(Word word, Scope scope) {
        boolean braces = word.pieces().stream()
                .anyMatch(piece -> piece instanceof Piece.Text text
                        && !text.quoted()
                        && text.text().matches("(?s).*\\{.*"));
        boolean plain = word.pieces().size() == 1;
        if (!braces || word.source().equals("{}") || !word.source().matches("(?s).*\\{.*(,|\\.\\.).*")) {
            return List.of(one(word, scope));
        }
        if (!plain) {
            return List.of(Arg.UNKNOWN);
        }
        List<String> expanded = new ArrayList<>();
        return braces(((Piece.Text) word.pieces().getFirst()).text(), expanded)
                ? expanded.stream().map(this::unquoted).toList()
                : List.of(Arg.UNKNOWN);
    }

    /** Whether all braces were understood: only lists, not one inside of another. */
    private static boolean braces(String text, List<String> into) {
        int open = text.indexOf('{');
        if (open < 0) {
            into.add(text);
            return into.size() <= MOST_BRACES;
        }
        int close = text.indexOf('}', open);
        if (close < 0) {
            return false;
        }
        String inside = text.substring(open + 1, close);
        if (inside.contains("{") || !inside.contains(",")) {
            return false;
        }
        for (String choice : inside.split(",", -1)) {
            if (!braces(text.substring(0, open) + choice + text.substring(close + 1), into)) {
                return false;
            }
        }
        return true;
    }

    private Arg unquoted(String text) {
        return tilde(text)
                .map(value -> new Arg(Optional.of(value), isGlob(text)))
                .orElse(Arg.UNKNOWN);
    }

    private Arg one(Word word, Scope scope) {
        StringBuilder value = new StringBuilder();
        boolean glob = false;
        for (int i = 0; i < word.pieces().size(); i++) {
            Optional<String> known;
            switch (word.pieces().get(i)) {
                case Piece.Text text -> {
                    known = text.quoted() || i > 0 ? Optional.of(text.text()) : tilde(text.text());
                    glob |= !text.quoted() && isGlob(text.text());
                }
                case Piece.Variable variable -> {
                    known = variable(variable.name(), scope);
                    if (!variable.quoted() && known.stream().anyMatch(Expansion::splits)) {
                        known = Optional.empty();
                    }
                }
                case Piece.Computed computed -> known = Optional.empty();
            }
            if (known.isEmpty()) {
                return Arg.UNKNOWN;
            }
            value.append(known.get());
        }
        return new Arg(Optional.of(value.toString()), glob);
    }

    private Optional<String> variable(String name, Scope scope) {
        Optional<String> set = scope.variable(name);
        if (set.isPresent()) {
            return set;
        }
        return switch (name) {
            case "HOME" -> Optional.of(home.toString());
            case "PWD" ->
                scope.folders().size() == 1
                        ? Optional.of(scope.folders().iterator().next().toString())
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** A leading tilde is the home; that of somebody else is not known. */
    private Optional<String> tilde(String text) {
        if (!text.startsWith("~")) {
            return Optional.of(text);
        }
        boolean own = text.equals("~") || text.startsWith("~/");
        return own ? Optional.of(home + text.substring(1)) : Optional.empty();
    }

    private static boolean isGlob(String text) {
        return text.chars().anyMatch(it -> it == '*' || it == '?' || it == '[');
    }

    private static boolean splits(String value) {
        return value.isEmpty() || isGlob(value) || value.chars().anyMatch(Character::isWhitespace);
    }
}
