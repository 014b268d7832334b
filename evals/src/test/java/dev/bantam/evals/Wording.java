package dev.bantam.evals;

import java.util.Map;

/** How a reply reads as a stream, of events or of JSON lines. Texts come in two pieces each. */
enum Wording {
    OPENAI {
        @Override
        String stream(Said said, int promptTokens) {
            StringBuilder stream = new StringBuilder();
            for (String piece : halves(said.text())) {
                stream.append(chunk("{\"content\":" + Said.json(piece) + "}", "null"));
            }
            int index = 0;
            for (Said.Call call : said.calls()) {
                String[] pieces = halves(call.argumentsAsJson());
                stream.append(chunk(
                        "{\"tool_calls\":[{\"index\":%d,\"id\":\"c%d-%d\",\"type\":\"function\",\"function\":%s}]}"
                                .formatted(
                                        index,
                                        promptTokens,
                                        index,
                                        Said.json(Map.of("name", call.tool(), "arguments", pieces[0]))),
                        "null"));
                stream.append(chunk(
                        "{\"tool_calls\":[{\"index\":%d,\"function\":{\"arguments\":%s}}]}"
                                .formatted(index++, Said.json(pieces[1])),
                        "null"));
            }
            stream.append(chunk("{}", said.calls().isEmpty() ? "\"stop\"" : "\"tool_calls\""));
            return stream.append("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":")
                    .append(promptTokens)
                    .append(",\"completion_tokens\":7,\"total_tokens\":0}}\n\ndata: [DONE]\n\n")
                    .toString();
        }

        private static String chunk(String delta, String finish) {
            return "data: {\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
        }
    },
    ANTHROPIC {
        @Override
        String stream(Said said, int promptTokens) {
            StringBuilder stream = new StringBuilder(event(
                    "message_start",
                    "\"message\":{\"id\":\"m\",\"role\":\"assistant\",\"content\":[],\"usage\":{\"input_tokens\":"
                            + promptTokens + ",\"output_tokens\":1}}"));
            int index = 0;
            if (!said.text().isEmpty()) {
                stream.append(block(index, "{\"type\":\"text\",\"text\":\"\"}"));
                for (String piece : halves(said.text())) {
                    stream.append(delta(index, "{\"type\":\"text_delta\",\"text\":" + Said.json(piece) + "}"));
                }
                stream.append(event("content_block_stop", "\"index\":" + index++));
            }
            for (Said.Call call : said.calls()) {
                stream.append(block(
                        index,
                        "{\"type\":\"tool_use\",\"id\":\"t%d-%d\",\"name\":\"%s\",\"input\":{}}"
                                .formatted(promptTokens, index, call.tool())));
                for (String piece : halves(call.argumentsAsJson())) {
                    stream.append(
                            delta(index, "{\"type\":\"input_json_delta\",\"partial_json\":" + Said.json(piece) + "}"));
                }
                stream.append(event("content_block_stop", "\"index\":" + index++));
            }
            String reason = said.calls().isEmpty() ? "end_turn" : "tool_use";
            return stream.append(event(
                            "message_delta",
                            "\"delta\":{\"stop_reason\":\"" + reason + "\"},\"usage\":{\"output_tokens\":7}"))
                    .append(event("message_stop", "\"done\":true"))
                    .toString();
        }

        private static String block(int index, String content) {
            return event("content_block_start", "\"index\":" + index + ",\"content_block\":" + content);
        }

        private static String delta(int index, String delta) {
            return event("content_block_delta", "\"index\":" + index + ",\"delta\":" + delta);
        }

        private static String event(String type, String fields) {
            return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "}\n\n";
        }
    },
    OLLAMA {
        @Override
        String stream(Said said, int promptTokens) {
            StringBuilder stream = new StringBuilder();
            for (String piece : halves(said.text())) {
                stream.append(line("{\"role\":\"assistant\",\"content\":" + Said.json(piece) + "}", ""));
            }
            for (Said.Call call : said.calls()) {
                Map<String, Object> function = Map.of("name", call.tool(), "arguments", call.arguments());
                stream.append(line(
                        "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":" + Said.json(function)
                                + "}]}",
                        ""));
            }
            return stream.append(line(
                            "{\"role\":\"assistant\",\"content\":\"\"}",
                            ",\"done_reason\":\"stop\",\"prompt_eval_count\":" + promptTokens + ",\"eval_count\":7"))
                    .toString();
        }

        private static String line(String message, String end) {
            return "{\"model\":\"fake-1\",\"message\":" + message + ",\"done\":" + !end.isEmpty() + end + "}\n";
        }

        @Override
        String contentType() {
            return "application/x-ndjson";
        }
    };

    abstract String stream(Said said, int promptTokens);

    String contentType() {
        return "text/event-stream";
    }

    static String[] halves(String text) {
        int middle = text.length() / 2;
        if (middle > 0 && Character.isHighSurrogate(text.charAt(middle - 1))) {
            middle--;
        }
        return new String[] {text.substring(0, middle), text.substring(middle)};
    }
}
