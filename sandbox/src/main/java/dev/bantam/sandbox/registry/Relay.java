package dev.bantam.sandbox.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What leads from the sandbox's own loopback to the proxy's socket file: a small program in Perl or Python. */
public final class Relay {
    static final String SOCKET = "registries.sock";

    private static final int PORT = 18_429;
    private static final String HOST = "127.0.0.1";
    private static final List<String> PROGRAMS = List.of("relay.sh", "relay.pl", "relay.py");

    private Relay() {}

    static void put(Path folder) throws IOException {
        for (String name : PROGRAMS) {
            try (InputStream stream = Relay.class.getResourceAsStream(name)) {
                Path file = Files.write(folder.resolve(name), stream.readAllBytes());
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            }
        }
    }

    /**
     * A command that starts it inside and returns once it works; else it fails, and prints why.
     *
     * @param folder where the proxy listens, as it is seen inside
     */
    public static List<String> start(Path folder) {
        return List.of("/bin/sh", folder.resolve("relay.sh").toString(), folder.toString(), Integer.toString(PORT));
    }

    /** Variables by which build tools find it. */
    public static Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>();
        for (String name : List.of("http_proxy", "https_proxy", "all_proxy")) {
            variables.put(name, "http://" + HOST + ":" + PORT);
            variables.put(name.toUpperCase(java.util.Locale.ROOT), "http://" + HOST + ":" + PORT);
        }
        variables.put("no_proxy", "localhost,127.0.0.1,::1");
        variables.put("NO_PROXY", "localhost,127.0.0.1,::1");
        String java = "-Dhttp.proxyHost=" + HOST + " -Dhttp.proxyPort=" + PORT + " -Dhttps.proxyHost=" + HOST
                + " -Dhttps.proxyPort=" + PORT + " -Dhttp.nonProxyHosts=localhost|127.*|[::1]";
        variables.put("MAVEN_OPTS", java + " -Daether.connector.http.useSystemProperties=true");
        variables.put("GRADLE_OPTS", java);
        return variables;
    }
}
