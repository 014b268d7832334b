package dev.bantam.ext.verifybeforedone;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Setting;
import java.util.List;

/** Checks what a model did before it is done. */
public final class VerifyBeforeDone implements Extension {
    /** Run whatever the model ran. */
    static final String OWN = "own";

    /** Run none. */
    static final String OFF = "off";

    static final Setting<String> TESTS = Setting.text(
            "verify-before-done.tests",
            OWN,
            "The command that runs the tests; own takes the last one that the model ran, off runs none.");
    static final Setting<Integer> TIMEOUT = Setting.whole(
            "verify-before-done.timeout-s", 120, "Seconds that the tests may take; else they say nothing.", 1, 3_600);

    @Override
    public String name() {
        return "verify-before-done";
    }

    @Override
    public String summary() {
        return "Sends a model back that is done with broken files, failing tests, or without the change it claims.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(TESTS, TIMEOUT);
    }

    @Override
    public Hooks open(ExtensionContext context) {
        boolean understands = context.model().profile().guidance();
        return understands ? new VerifyHooks(context) : new Hooks() {};
    }
}
