package dev.bantam.model;

import static dev.bantam.model.FakeServer.fixture;

class LmStudioContractTest extends ServerContract {
    @Override
    String ref() {
        return "lmstudio/qwen/qwen3-coder-30b";
    }

    @Override
    String folder() {
        return "lmstudio-0.3.31";
    }

    @Override
    void lists(FakeServer fake) {
        fake.always("GET /v1/models", fixture("lmstudio-0.3.31/models.json"))
                .always("GET /api/v0/models", fixture("lmstudio-0.3.31/native-models.json"));
    }
}
