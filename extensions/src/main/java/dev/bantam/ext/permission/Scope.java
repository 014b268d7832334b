package dev.bantam.ext.permission;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known at a point of a script: the folders in which it may be, the values of variables, and what is a function. */
final class Scope {
    private static final int MOST_FOLDERS = 4;

    private final Set<Path> folders = new LinkedHashSet<>();
    private final Map<String, String> variables = new HashMap<>();
    private final Set<String> functions = new HashSet<>();

    Scope(Path folder) {
        folders.add(folder);
    }

    private Scope(Scope other) {
        folders.addAll(other.folders);
        variables.putAll(other.variables);
        functions.addAll(other.functions);
    }

    Scope copy() {
        return new Scope(this);
    }

    /** That of another shell that is started here, which has variables at most. */
    Scope ofAnotherShell() {
        Scope other = copy();
        other.functions.clear();
        return other;
    }

    /** Where it may be; empty when that is not known. */
    Set<Path> folders() {
        return folders;
    }

    void moveTo(Collection<Path> there) {
        Set<Path> kept = Set.copyOf(there);
        folders.clear();
        folders.addAll(kept);
    }

    void lost() {
        folders.clear();
    }

    /** It is as here, or as there: both must be thought of. */
    void maybe(Scope other) {
        alsoIn(other);
        variables.entrySet().removeIf(known -> !known.getValue().equals(other.variables.get(known.getKey())));
        functions.retainAll(other.functions);
    }

    /** It may as well be where the other one is. */
    void alsoIn(Scope other) {
        if (folders.isEmpty() || other.folders.isEmpty()) {
            lost();
        } else {
            folders.addAll(other.folders);
        }
        if (folders.size() > MOST_FOLDERS) {
            lost();
        }
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    void set(String name, Optional<String> value) {
        variables.remove(name);
        value.ifPresent(known -> variables.put(name, known));
    }

    void forgetVariables() {
        variables.clear();
    }

    void define(String function) {
        functions.add(function);
    }

    boolean defines(String function) {
        return functions.contains(function);
    }

    /** Takes over the functions of a shell that goes on. */
    void defineAllOf(Scope shell) {
        functions.addAll(shell.functions);
    }

    /** @param name empty for any */
    void forgetFunction(Optional<String> name) {
        name.ifPresentOrElse(functions::remove, functions::clear);
    }
}
