package dev.bantam.sandbox;

import dev.bantam.api.Sandbox;
import dev.bantam.sandbox.docker.TestEngine;
import java.io.IOException;

@NeedsSandbox("docker")
class DockerRegistriesTest extends RegistriesSuite {
    @Override
    protected Sandbox open(Confinement confinement) throws IOException {
        return TestEngine.sandbox(confinement);
    }
}
