package dev.bantam.ext.loopguard;

import dev.bantam.api.Part;
import dev.bantam.api.Workspace;
import dev.bantam.api.Workspace.OutsideWorkspaceException;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a call comes down to: calls that differ in white space, quotes or the spelling of a path have the same key. */
final class CallKey {
    private CallKey() {}

    static String of(Part.ToolCall call, Workspace workspace) {
        Map<String, String> plain = new TreeMap<>();
        call.arguments().values().forEach((name, value) -> {
            String text =
                    value instanceof Number number ? Double.toString(number.doubleValue()) : String.valueOf(value);
            switch (name) {
                case "timeout_s" -> {} // how long it may take is not what it does
                case "path" -> plain.put(name, path(text, workspace));
                case "command" -> plain.put(name, command(text, workspace));
                default -> plain.put(name, text.strip().replaceAll("\\s+", " "));
            }
        });
        plain.remove("path", ".");
        return call.tool()
                + plain.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\u0000", "(", ")"));
    }

    private static String path(String text, Workspace workspace) {
        try {
            return workspace.show(workspace.resolve(text.strip()));
        } catch (IOException | OutsideWorkspaceException e) {
            return text.strip();
        }
    }

    private static String command(String line, Workspace workspace) {
        return line.strip()
                .replace(workspace.root() + "/", "")
                .replaceAll("\\s+", " ")
                .replace('\'', '"')
                .replaceFirst("^cd \\S+ && ", "")
                .replaceFirst("^timeout (?:-[ks] \\S+ |-\\S+ )*[\\d.]+[smhd]? ", "")
                .replaceAll("(^| )\\./", "$1")
                .replaceFirst("( 2>&1|;| )+$", "")
                .replaceFirst("^python3? ", "python ");
    }
}
