package dev.bantam.sandbox;

import dev.bantam.api.Sandbox;
import dev.bantam.sandbox.docker.TestEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

@NeedsSandbox("docker")
class DockerEscapeTest extends EscapeSuite {
    @Override
    protected Sandbox open(Confinement confinement) throws IOException {
        return TestEngine.sandbox(confinement);
    }

    @Override
    protected String kind() {
        return "docker";
    }

    @Override
    protected Set<Attack> gaps() {
        return Set.of();
    }

    @Override
    protected void handOver(Path made) throws IOException {
        Unprivileged.give(made);
    }

    /** Stops all that it can, such as the container's main program, and holds open what that reads. */
    @Override
    protected String hold() {
        return "for p in /proc/[0-9]*; do p=${p#/proc/};"
                + " [ $p = $$ ] || { kill -STOP $p; exec {held}<>/proc/$p/fd/0; }; done 2>/dev/null; ";
    }

    @Override
    protected List<String> asTheUser() {
        return Unprivileged.prefix();
    }
}
