package dev.bantam.app.sandbox;

import dev.bantam.app.setup.Configuration;
import dev.bantam.core.settings.ConfigException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Chooses a sandbox beside other work: to ask a container engine takes half a second, and so does a model to open. */
public final class SandboxSearch {
    private final FutureTask<SandboxChoice> choice;

    private SandboxSearch(FutureTask<SandboxChoice> choice) {
        this.choice = choice;
    }

    public static SandboxSearch start(Configuration configuration, Map<String, String> environment) {
        FutureTask<SandboxChoice> choice = new FutureTask<>(() -> Sandboxes.choose(configuration, environment));
        Thread.ofPlatform().daemon().name("bantam-sandbox-search").start(choice);
        return new SandboxSearch(choice);
    }

    /** Works on; where both fail, it is the sandbox that is told of, however long either takes. */
    public <T> T beside(Callable<T> work) throws Exception {
        boolean done = false;
        try {
            T result = work.call();
            done = true;
            return result;
        } finally {
            if (!done && !Thread.currentThread().isInterrupted()) {
                found();
            }
        }
    }

    /**
     * Waits for it.
     *
     * @param otherwise what to undo when there is none
     * @throws ConfigException as {@link Sandboxes#choose}
     */
    public SandboxChoice found(Runnable otherwise) throws ConfigException, InterruptedException {
        try {
            return found();
        } catch (ConfigException | InterruptedException | RuntimeException e) {
            otherwise.run();
            throw e;
        }
    }

    private SandboxChoice found() throws ConfigException, InterruptedException {
        try {
            return choice.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ConfigException fault -> throw fault;
                case InterruptedException fault -> throw fault;
                case RuntimeException fault -> throw fault;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
