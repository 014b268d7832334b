package dev.bantam.app.setup;

import dev.bantam.api.Setting;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.core.settings.Settings;
import dev.bantam.sandbox.Caches;
import dev.bantam.sandbox.Confinement;
import dev.bantam.sandbox.Limits;
import dev.bantam.sandbox.Network;
import dev.bantam.sandbox.registry.Registries;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The settings of what confines commands. All but the image are for the user alone: a project cannot loosen what it runs in. */
public final class SandboxSettings {
    static final Setting<String> NETWORK = Setting.text(
                    "sandbox.network",
                    "none",
                    "What commands reach of the network: nothing, registries of packages, or all.",
                    "none",
                    "registries",
                    "full")
            .userOnly();

    @SuppressWarnings("rawtypes")
    static final Setting<List> REGISTRIES = Setting.texts(
                    "sandbox.registries", "More hosts that commands reach with sandbox.network: registries.")
            .userOnly();

    static final Setting<String> CACHES = Setting.text(
                    "sandbox.caches",
                    "none",
                    "Downloads of build tools that commands see: none, the user's to read, or their own to write.",
                    "none",
                    "host",
                    "own")
            .userOnly();
    static final Setting<Integer> MEMORY =
            whole("sandbox.memory-mb", "Memory of all commands together in MiB; half of the machine's if not set.", 64);
    static final Setting<Integer> PROCESSES =
            whole("sandbox.processes", "Processes of all commands together; 2048 if not set.", 16);
    static final Setting<Integer> TEMPORARY =
            whole("sandbox.tmp-mb", "Room in /tmp and in the home folder, each, in MiB; 1024 if not set.", 16);
    static final Setting<Integer> DISK_FLOOR = whole(
            "sandbox.disk-floor-mb",
            "Commands are ended when less is free on the workspace's disk, in MiB; 1024 if not set.",
            0);
    static final Setting<Integer> DISK_WRITE = whole(
            "sandbox.disk-write-mb",
            "A command is ended when the workspace's disk has filled by this much, in MiB; 20480 if not set.",
            16);

    /** A project that is trusted may name what it is built with; the confinement stays the same. */
    public static final Setting<String> IMAGE = Setting.text(
            "sandbox.image",
            null,
            "The container's image, or devcontainer for that of the project's devcontainer.json; else one for its languages.");

    public static final Setting<Double> PROCESSORS = Setting.real(
                    "sandbox.processors", 0.0, "Processors that a container gets; 0 for all.", 0, 4096)
            .userOnly();

    public static final List<Setting<?>> ALL = List.of(
            IMAGE, PROCESSORS, NETWORK, REGISTRIES, CACHES, MEMORY, PROCESSES, TEMPORARY, DISK_FLOOR, DISK_WRITE);

    private static final int MIB_BITS = 20;

    private SandboxSettings() {}

    private static Setting<Integer> whole(String key, String help, int least) {
        return Setting.whole(key, null, help, least, Integer.MAX_VALUE).userOnly();
    }

    /** What the user wants of any sandbox. */
    public static Confinement confinement(Configuration configuration, Map<String, String> environment)
            throws ConfigException {
        Settings settings = configuration.settings();
        return Confinement.of(configuration.workspace(), environment)
                .with(Network.valueOf(upper(settings.get(NETWORK))))
                .with(Registries.usual().with(moreRegistries(settings)))
                .with(
                        Caches.valueOf(upper(settings.get(CACHES))),
                        configuration.places().sandboxCache())
                .with(limits(settings));
    }

    private static List<String> moreRegistries(Settings settings) throws ConfigException {
        List<String> hosts = Configuration.texts(settings, REGISTRIES);
        for (String host : hosts) {
            if (!Registries.isName(host)) {
                throw new ConfigException(
                        "\"" + REGISTRIES.key() + "\": \"" + host
                                + "\" is not the name of a host. Write it whole, without port or path, such as nexus.example.com");
            }
        }
        return hosts;
    }

    private static Limits limits(Settings settings) {
        Limits usual = Limits.usual();
        return new Limits(
                bytes(settings, MEMORY, usual.memoryBytes()),
                settings.find(PROCESSES).orElse(usual.processes()),
                bytes(settings, TEMPORARY, usual.temporaryBytes()),
                bytes(settings, DISK_FLOOR, usual.diskFloorBytes()),
                bytes(settings, DISK_WRITE, usual.diskWriteBytes()));
    }

    private static long bytes(Settings settings, Setting<Integer> mebibytes, long usual) {
        return settings.find(mebibytes).map(n -> (long) n << MIB_BITS).orElse(usual);
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
