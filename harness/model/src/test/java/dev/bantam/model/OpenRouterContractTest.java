package dev.bantam.model;

import static dev.bantam.model.FakeServer.fixture;

class OpenRouterContractTest extends ServerContract {
    @Override
    String ref() {
        return "openrouter/qwen/qwen3-coder";
    }

    @Override
    String folder() {
        return "openrouter-2026-11";
    }

    @Override
    void lists(FakeServer fake) {
        fake.always("GET /v1/models", fixture("openrouter-2026-11/models.json"));
    }
}
