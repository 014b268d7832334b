package dev.bantam.model;

import static dev.bantam.model.FakeServer.fixture;

class LlamaCppContractTest extends ServerContract {
    @Override
    String ref() {
        return "llamacpp/";
    }

    @Override
    String folder() {
        return "llamacpp-b6900";
    }

    @Override
    void lists(FakeServer fake) {
        fake.always("GET /v1/models", fixture("llamacpp-b6900/models.json"))
                .always("GET /props", fixture("llamacpp-b6900/props.json"))
                .always("GET /slots", fixture("llamacpp-b6900/slots.json"));
    }
}
