package dev.bantam.model;

import static dev.bantam.model.FakeServer.fixture;

class AnthropicContractTest extends ServerContract {
    @Override
    String ref() {
        return "anthropic/claude-sonnet-4-5";
    }

    @Override
    String folder() {
        return "anthropic-2023-06-01";
    }

    @Override
    void lists(FakeServer fake) {
        fake.always("GET /v1/models", fixture("anthropic-2023-06-01/models.json"));
    }

    @Override
    String garbage() {
        return "event: content_block_delta\ndata: {\"type\":\"content_bl\n\n";
    }
}
