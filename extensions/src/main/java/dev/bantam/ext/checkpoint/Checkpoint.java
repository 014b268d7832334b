package dev.bantam.ext.checkpoint;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Setting;
import java.util.List;

/** Keeps what a turn changes as it was before, and takes it back when the user says so. */
public final class Checkpoint implements Extension {
    static final Setting<Integer> MAX_MB = Setting.whole(
            "checkpoint.max-mb",
            512,
            "What a session's checkpoints may take on disk; the oldest go first.",
            1,
            100_000);
    static final Setting<Integer> FILE_MB = Setting.whole(
            "checkpoint.file-mb",
            32,
            "Larger files are not kept; a command that would delete or overwrite one is asked about.",
            1,
            10_000);

    @Override
    public String name() {
        return "checkpoint";
    }

    @Override
    public String summary() {
        return "Keeps each file as it was before a turn changed it; /undo, /redo, /diff, /restore.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(MAX_MB, FILE_MB);
    }

    @Override
    public Hooks open(ExtensionContext context) {
        return new CheckpointHooks(context);
    }
}
