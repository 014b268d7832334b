package dev.bantam.ext.permission;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Setting;
import java.util.List;

/** Judges commands before they run. */
public final class Permission implements Extension {
    @SuppressWarnings("rawtypes")
    static final Setting<List> ALLOW = Setting.texts(
                    "permission.allow",
                    "What may run without a question, such as \"docker compose up *\", path:~/data/** or network:*.example.com.")
            .userOnly();

    @SuppressWarnings("rawtypes")
    static final Setting<List> ASK = Setting.texts(
                    "permission.ask", "What is always asked, in the words of permission.allow.")
            .userOnly();

    @SuppressWarnings("rawtypes")
    static final Setting<List> DENY = Setting.texts(
                    "permission.deny", "What never runs, in the words of permission.allow.")
            .userOnly();

    static final Setting<String> UNATTENDED = Setting.text(
                    "permission.unattended",
                    "deny",
                    "What becomes of a question where nobody can be asked.",
                    "deny",
                    "allow")
            .userOnly();

    @Override
    public String name() {
        return "permission";
    }

    @Override
    public String summary() {
        return "Reads what a command would do before it runs; allows it, asks, or denies it.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(ALLOW, ASK, DENY, UNATTENDED);
    }

    @Override
    public Hooks open(ExtensionContext context) {
        return new PermissionHooks(context);
    }
}
