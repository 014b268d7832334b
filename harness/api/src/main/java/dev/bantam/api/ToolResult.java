package dev.bantam.api;

import java.util.List;

/** What the model reads after a tool call. */
public sealed interface ToolResult {
    String content();

    /** The tool did what it was asked. */
    record Done(String content, Effects effects) implements ToolResult {
        public Done(String content) {
            this(content, Effects.NONE);
        }
    }

    /** The call was not allowed, or could not mean one thing. Nothing was changed. The text says what to do instead. */
    record Refused(String content) implements ToolResult {}

    /**
     * The tool ran and did not succeed: a command's exit code, a missing file.
     *
     * @param effects what happened all the same
     */
    record Failed(String content, Effects effects) implements ToolResult {
        public Failed(String content) {
            this(content, Effects.NONE);
        }
    }

    /**
     * What a call did to the workspace, as paths relative to its root with {@code /} between names.
     *
     * @param read files whose content the model has now seen
     * @param changed files written, created or deleted, as far as the tool knows
     */
    record Effects(List<String> read, List<String> changed) {
        public static final Effects NONE = new Effects(List.of(), List.of());

        public Effects {
            read = List.copyOf(read);
            changed = List.copyOf(changed);
        }

        public static Effects reading(String path) {
            return new Effects(List.of(path), List.of());
        }

        public static Effects changing(String path) {
            return new Effects(List.of(), List.of(path));
        }
    }

    /** What the call did; nothing for a refusal. */
    default Effects effectsOrNone() {
        return switch (this) {
            case Done done -> done.effects();
            case Refused refused -> Effects.NONE;
            case Failed failed -> failed.effects();
        };
    }

    /** The word used in events: {@code done}, {@code refused} or {@code failed}. */
    default String status() {
        return switch (this) {
            case Done done -> "done";
            case Refused refused -> "refused";
            case Failed failed -> "failed";
        };
    }

    /** The same outcome in other words. */
    default ToolResult withContent(String text) {
        return switch (this) {
            case Done done -> new Done(text, done.effects());
            case Refused refused -> new Refused(text);
            case Failed failed -> new Failed(text, failed.effects());
        };
    }
}
