package dev.bantam.model;

import static dev.bantam.model.FakeServer.fixture;

class OllamaContractTest extends ServerContract {
    @Override
    String ref() {
        return "ollama/qwen3:14b";
    }

    @Override
    String folder() {
        return "ollama-0.12.6";
    }

    @Override
    void lists(FakeServer fake) {
        fake.always("GET /api/tags", fixture("ollama-0.12.6/tags.json"))
                .always("GET /api/ps", fixture("ollama-0.12.6/ps.json"))
                .always("POST /api/show", fixture("ollama-0.12.6/show.json"));
    }

    @Override
    String ending() {
        return ".jsonl";
    }

    @Override
    String garbage() {
        return "{\"model\":\"qwen3:14b\",\"mess\n";
    }
}
