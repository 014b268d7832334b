package dev.bantam.sandbox;

import dev.bantam.api.Sandbox;
import java.util.EnumSet;
import java.util.Set;

class PlainProcessEscapeTest extends EscapeSuite {
    @Override
    protected Sandbox open(Confinement confinement) {
        return new PlainProcess(confinement);
    }

    @Override
    protected String kind() {
        return "none";
    }

    /** It confines nothing; it only limits. */
    @Override
    protected Set<Attack> gaps() {
        return EnumSet.of(
                Attack.WRITE_OUTSIDE,
                Attack.HOST_SECRET,
                Attack.HOST_PROCESSES,
                Attack.ENVIRONMENT,
                Attack.NETWORK,
                Attack.HOST_LOOPBACK,
                Attack.HOST_SOCKET,
                Attack.NAMESPACES,
                Attack.PRIVILEGES,
                Attack.SYMBOLIC_LINK,
                Attack.HARD_LINK,
                Attack.KEYS,
                Attack.FORK_BOMB, // the watchdog ends it, but not before it has grown
                Attack.HIDE_FROM_THE_LIMIT,
                Attack.FILL_TMP);
    }

    @Override
    protected Set<Attack> gapsButForRoot() {
        return EnumSet.of(Attack.FORK_BOMB, Attack.HIDE_FROM_THE_LIMIT);
    }

    @Override
    protected Set<Attack> gapsOfRoot() {
        return EnumSet.of(Attack.KERNEL_SETTINGS);
    }
}
