package dev.bantam.sandbox;

import dev.bantam.api.Sandbox;
import java.io.IOException;

/** The way to the registries opens no other. */
class BubblewrapRegistriesEscapeTest extends BubblewrapEscapeTest {
    @Override
    protected Sandbox open(Confinement confinement) throws IOException {
        return super.open(confinement.with(Network.REGISTRIES));
    }
}
