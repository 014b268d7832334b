package dev.bantam.model.langchain4j;

import dev.bantam.api.ModelException;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;

/** Our failures as LangChain4j's, which tell by their type whether asking again can help. */
final class Failures {
    private Failures() {}

    static LangChain4jException translated(ModelException failure) {
        String message = failure.getMessage();
        return switch (failure.kind()) {
            case BUSY -> new RateLimitException(message, failure);
            case UNREACHABLE, SERVER, BROKEN_STREAM -> new InternalServerException(message, failure);
            case OVERFLOW, PROMPT_CUT, REJECTED -> new InvalidRequestException(message, failure);
            case AUTHENTICATION -> new AuthenticationException(message, failure);
            case UNUSABLE -> new ModelNotFoundException(message, failure);
        };
    }
}
