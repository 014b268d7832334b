package dev.bantam.model.server;

import dev.bantam.api.ModelException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** The HTTP connection to one server. Owned by one model; closing it ends whatever is under way. */
public final class Wire implements AutoCloseable {
    private final Server server;
    private final HttpClient http;

    public Wire(Server server) {
        this.server = server;
        this.http = Clients.builder(server.root().startsWith("https"))
                .connectTimeout(server.timing().connect())
                .build();
    }

    public Server server() {
        return server;
    }

    /** A small question. An error status is an answer too; only a dead line throws. */
    public Answer get(String url) throws ModelException, InterruptedException {
        return ask(HttpRequest.newBuilder(URI.create(url)).GET());
    }

    /** A small question with a JSON body. */
    public Answer post(String url, Object body) throws ModelException, InterruptedException {
        return ask(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body))));
    }

    /** Like {@link #get}, but no answer in time, or none at all, is empty: for what is only good to know. */
    public Optional<Answer> tryGet(String url) throws InterruptedException {
        try {
            return Optional.of(get(url)).filter(Answer::ok);
        } catch (ModelException e) {
            return Optional.empty();
        }
    }

    /**
     * Sends a request and passes on its frames until the stream ends; see {@link Exchange}. While a local server says
     * that it is loading its model, this waits and asks again.
     *
     * @throws ModelException when there is no whole stream
     */
    public void stream(Call call, FrameSink sink, Failures failures) throws ModelException, InterruptedException {
        while (!new Exchange(http, server, call, sink, failures).run()) {
            Thread.sleep(server.timing().loadingPause());
        }
    }

    private Answer ask(HttpRequest.Builder request) throws ModelException, InterruptedException {
        Duration limit = server.timing().ask();
        server.key().ifPresent(key -> {
            if (server.kind() == ServerKind.ANTHROPIC) {
                request.header("x-api-key", key).header("anthropic-version", "2023-06-01");
            } else {
                request.header("Authorization", "Bearer " + key);
            }
        });
        Failures failures = new Failures(server, "");
        HttpRequest question = request.timeout(limit).build();
        try {
            Answer answer = send(question);
            while (failures.isLoading(answer)) {
                Thread.sleep(server.timing().loadingPause());
                answer = send(question);
            }
            return answer;
        } catch (HttpConnectTimeoutException e) {
            throw failures.unreachable(e);
        } catch (HttpTimeoutException e) {
            throw failures.noAnswer(limit, e);
        } catch (IOException e) {
            throw failures.unreachable(e);
        }
    }

    private Answer send(HttpRequest question) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(question, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), Answer.flat(response.headers().map()), response.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
