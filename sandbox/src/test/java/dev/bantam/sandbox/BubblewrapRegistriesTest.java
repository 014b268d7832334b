package dev.bantam.sandbox;

import dev.bantam.api.Sandbox;
import java.io.IOException;

@NeedsSandbox("bubblewrap")
class BubblewrapRegistriesTest extends RegistriesSuite {
    @Override
    protected Sandbox open(Confinement confinement) throws IOException {
        return new Bubblewrap(confinement);
    }
}
