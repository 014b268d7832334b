package dev.bantam.model;

import static dev.bantam.model.FakeServer.fixture;

class OpenAiContractTest extends ServerContract {
    @Override
    String ref() {
        return "openai/gpt-4.1-mini";
    }

    @Override
    String folder() {
        return "openai-2026-11";
    }

    @Override
    void lists(FakeServer fake) {
        fake.always("GET /v1/models", fixture("openai-2026-11/models.json"));
    }
}
