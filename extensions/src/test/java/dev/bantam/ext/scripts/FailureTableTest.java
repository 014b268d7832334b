package dev.bantam.ext.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.bantam.api.Extension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plays every script with all extensions, with none, and with each one alone left out. What came of it stands in the
 * README; {@code -Dbantam.rewrite=true} writes it anew.
 */
class FailureTableTest {
    private static HttpServer server;

    @TempDir
    Path folder;

    private int plays;

    @BeforeAll
    static void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] page = "<html><body><p>The rate of 2019 is 0.0731.</p></body></html>".getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            boolean there = exchange.getRequestURI().getPath().equals("/rates");
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(there ? 200 : 404, there ? page.length : -1);
            if (there) {
                exchange.getResponseBody().write(page);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private static String site() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @param breaks extensions without which it ends badly */
    private record Row(FailureScript script, boolean withNone, boolean withAll, List<String> breaks) {
        String line() {
            return "| " + script.name() + " | " + mark(withNone) + " | " + mark(withAll) + " | "
                    + (breaks.isEmpty()
                            ? "–"
                            : String.join(
                                    ", ",
                                    breaks.stream()
                                            .map(name -> "`" + name + "`")
                                            .toList()))
                    + " |";
        }

        private static String mark(boolean well) {
            return well ? "well" : "badly";
        }
    }

    @Test
    void theTableInTheReadmeIsTrue() throws IOException {
        List<Extension> all = Stage.allExtensions();
        List<Row> rows = new ArrayList<>();
        List<FailureScript> scripts = Stream.concat(
                        FailureScripts.failures(site()).stream(), FailureScripts.honestWork().stream())
                .toList();
        for (FailureScript script : scripts) {
            List<String> breaks = new ArrayList<>();
            for (Extension extension : all) {
                if (!well(script, Stage.without(extension.name()))) {
                    breaks.add(extension.name());
                }
            }
            boolean withAll = well(script, all);
            rows.add(new Row(script, well(script, List.of()), withAll, withAll ? breaks : List.of()));
        }
        StringBuilder table = new StringBuilder();
        rows.forEach(row -> table.append(row.line()).append('\n'));
        System.err.println(table);

        assertThat(rows)
                .filteredOn(row -> !row.withAll())
                .extracting(row -> row.script().name())
                .isEmpty();
        assertThat(rows.stream().flatMap(row -> row.breaks().stream()).distinct())
                .as("extensions that can be left out without a failure")
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(Extension::name).toList());
    }

    private boolean well(FailureScript script, List<Extension> extensions) throws IOException {
        Path own = Files.createDirectory(folder.resolve("play-" + ++plays));
        Played played = Stage.play(script, extensions, own);
        boolean well = script.endedWell(played);
        if (!well && extensions.size() == Stage.allExtensions().size()) {
            System.err.println("BAD " + script + " " + played.runs().getLast() + "\n  "
                    + played.decisions().stream()
                            .map(d -> d.turn() + " " + d.extension() + " " + d.kind() + " " + d.verdict() + " "
                                    + d.reason())
                            .toList()
                    + "\n"
                    + played.rigs().getLast().events(dev.bantam.api.Event.ToolFinished.class).stream()
                            .map(e -> e.tool() + " " + e.result().content())
                            .toList());
        }
        return well;
    }
}
