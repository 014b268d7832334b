package dev.bantam.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.Ulimit;
import dev.bantam.sandbox.Caches;
import dev.bantam.sandbox.Confinement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a session's container is made: everything that it is not given is taken away.
 *
 * @param control this session's own folder
 */
record Hardening(EngineFacts engine, DockerOptions options, Confinement confinement, Path control, User user) {
    /** In the environment of all that is no command: those have a mark of their own there. See {@code end.sh}. */
    private static final String OURS = "BANTAM_COMMAND=none";

    private static final long MOST_FILE_BYTES = 20L << 30;
    private static final String TEMPORARY = "rw,exec,nosuid,nodev,size=";

    String image() {
        return options.image();
    }

    /** Makes the container, which does not run yet. */
    String create(DockerClient client) {
        CreateContainerCmd create = client.createContainerCmd(options.image())
                .withEntrypoint(Script.MAIN.with())
                .withCmd(List.of())
                .withUser(user.keeper(engine).asText())
                .withHostName("bantam")
                .withWorkingDir("/")
                .withLabels(Owner.self().labels())
                .withStdinOpen(true)
                .withStdInOnce(true) // the main program sees the end when our connection ends
                .withAttachStdin(true)
                .withEnv(variables())
                .withHostConfig(host());
        return create.exec().getId();
    }

    private List<String> variables() {
        List<String> variables =
                new ArrayList<>(List.of("HOME=" + User.HOME, "USER=bantam", "LOGNAME=bantam", "LANG=C.UTF-8", OURS));
        confinement.network().environment().forEach((name, value) -> variables.add(name + "=" + value));
        return variables;
    }

    private HostConfig host() {
        List<String> security = new ArrayList<>(List.of("no-new-privileges"));
        if (engine.selinux()) {
            security.add("label=disable"); // or the workspace's own labels would have to be changed
        }
        HostConfig host = HostConfig.newHostConfig()
                .withAutoRemove(true)
                .withInit(true)
                .withReadonlyRootfs(true)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(security)
                .withNetworkMode(
                        switch (confinement.network()) {
                            case NONE, REGISTRIES -> "none"; // those are reached through a socket file
                            case FULL -> "default";
                        })
                .withIpcMode("private")
                .withMemory(confinement.limits().memoryBytes())
                .withMemorySwap(confinement.limits().memoryBytes())
                .withPidsLimit((long) confinement.limits().processes())
                .withUlimits(List.of(new Ulimit("core", 0L, 0L), new Ulimit("fsize", MOST_FILE_BYTES, MOST_FILE_BYTES)))
                .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
                .withTmpFs(Map.of("/tmp", temporary("1777"), User.HOME, temporary("0700")))
                .withMounts(mounts());
        if (options.processors() > 0) {
            host.withNanoCPUs(Math.round(options.processors() * 1e9));
        }
        return engine.remapped() ? host.withUsernsMode("host") : host;
    }

    private String temporary(String mode) {
        return TEMPORARY + confinement.limits().temporaryBytes() + ",mode=" + mode + ",uid=" + user.uid() + ",gid="
                + user.gid();
    }

    private List<Mount> mounts() {
        List<Mount> mounts = new ArrayList<>(List.of(
                bind(confinement.workspace(), confinement.workspace().toString(), true),
                bind(control, control.toString(), false),
                bind(control.resolve("passwd"), "/etc/passwd", false),
                bind(control.resolve("group"), "/etc/group", false)));
        confinement.scratch().ifPresent(folder -> mounts.add(bind(folder, folder.toString(), false)));
        for (String name : Caches.FOLDERS) {
            String seen = User.HOME + "/" + name;
            switch (confinement.caches()) {
                case NONE -> {}
                case HOST ->
                    Optional.ofNullable(confinement.environment().get("HOME"))
                            .map(home -> Path.of(home, name))
                            .filter(Files::isDirectory)
                            .ifPresent(folder -> mounts.add(bind(folder, seen, false)));
                case OWN -> confinement.cache().ifPresent(folder -> mounts.add(bind(folder.resolve(name), seen, true)));
            }
        }
        return mounts;
    }

    private static Mount bind(Path source, String target, boolean writable) {
        return new Mount()
                .withType(MountType.BIND)
                .withSource(source.toString())
                .withTarget(target)
                .withReadOnly(!writable);
    }
}
