package dev.bantam.model;

import static dev.bantam.model.FakeServer.fixture;

class VllmContractTest extends ServerContract {
    @Override
    String ref() {
        return "vllm/Qwen/Qwen3-Coder-30B-A3B-Instruct";
    }

    @Override
    String folder() {
        return "vllm-0.11";
    }

    @Override
    void lists(FakeServer fake) {
        fake.always("GET /v1/models", fixture("vllm-0.11/models.json"));
    }
}
