package dev.bantam.tools;

import dev.bantam.api.Workspace;
import dev.bantam.api.Workspace.OutsideWorkspaceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The text of which {@code old_text} must be a part, as read shows it. */
final class EditableText {
    private static final long MAX_BYTES = 1 << 20;

    private EditableText() {}

    /** Empty when no small text file is named, which leaves the argument free. */
    static Optional<String> of(Workspace workspace, Optional<String> name) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path path = workspace.resolve(name.get());
            if (!(Target.of(workspace, path) instanceof Target.File file)
                    || file.attributes().size() > MAX_BYTES) {
                return Optional.empty();
            }
            try (Folder folder = Folder.open(workspace.root(), path.getParent())) {
                byte[] content = folder.readAll(file.name());
                return FileKind.of(content) instanceof FileKind.Text ? Optional.of(shown(content)) : Optional.empty();
            }
        } catch (IOException | OutsideWorkspaceException e) {
            return Optional.empty();
        }
    }

    private static String shown(byte[] content) {
        String text = TextFile.display(TextFile.decode(content)).replaceAll("\r+\n", "\n");
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
