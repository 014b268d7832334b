package dev.bantam.model;

import static dev.bantam.model.Asking.chunks;
import static dev.bantam.model.Asking.delta;
import static dev.bantam.model.Asking.end;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ReplyListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PrefillTest {
    private static String progress(int cached, int done, int millis) {
        return "{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":null}}],\"prompt_progress\":"
                + "{\"total\":12000,\"cache\":" + cached + ",\"processed\":" + done + ",\"time_ms\":" + millis + "}}";
    }

    @Test
    void llamaCppsProgressIsPassedOn() throws Exception {
        List<String> heard = new ArrayList<>();
        try (FakeServer server = new FakeServer()) {
            server.thenStream(chunks(
                    progress(8_000, 8_000, 0),
                    progress(8_000, 10_048, 5_000),
                    progress(8_000, 12_000, 10_000),
                    delta("{\"content\":\"OK\"}"),
                    end("stop"),
                    "[DONE]"));
            try (ChatModel model = Asking.open("llamacpp/m", server)) {
                model.reply(Asking.hello(), new ReplyListener() {
                    @Override
                    public void prefill(long done, long total, long cached, double tokensPerSecond) {
                        heard.add(done + "/" + total + " " + cached + " " + Math.round(tokensPerSecond));
                    }
                });
            }
            assertThat(server.chats().getFirst()).contains("\"return_progress\":true");
        }
        assertThat(heard.subList(1, 4))
                .containsExactly("8000/12000 8000 0", "10048/12000 8000 410", "12000/12000 8000 400");
    }

    @Test
    void somethingIsHeardAtOnceFromAServerThatSaysNothing() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        try (FakeServer server = new FakeServer();
                ChatModel model = Asking.open("vllm/m", server.thenStall(": waiting\n\n"))) {
            Thread asking = Thread.ofVirtual().start(() -> {
                try {
                    model.reply(Asking.hello(), new ReplyListener() {
                        @Override
                        public void prefill(long done, long total, long cached, double tokensPerSecond) {
                            heard.countDown();
                        }
                    });
                } catch (Exception e) {
                    // interrupted below
                }
            });
            assertThat(heard.await(5, TimeUnit.SECONDS)).isTrue();
            asking.interrupt();
            asking.join(Duration.ofSeconds(10));
        }
    }
}
