package dev.bantam.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.Ulimit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a session's container is made: everything that it is not given is taken away.
 *
 * @param control this session's own folder
 */
record Hardening(EngineFacts engine, DockerOptions options, SessionFolders folders, Path control, User user) {
    private static final String TEMPORARY = "rw,exec,nosuid,nodev,size=";

    String image() {
        return options.image();
    }

    /** Makes the container, which does not run yet. */
    String create(DockerClient client) {
        CreateContainerCmd create = client.createContainerCmd(options.image())
                .withEntrypoint(Script.MAIN.with())
                .withCmd(List.of())
                .withUser(user.asText())
                .withHostName("bantam")
                .withWorkingDir(folders.workspace().toString())
                .withLabels(Owner.self().labels())
                .withStdinOpen(true)
                .withStdInOnce(true) // the main program sees the end when our connection ends
                .withAttachStdin(true)
                .withEnv("HOME=" + User.HOME, "USER=bantam", "LOGNAME=bantam", "LANG=C.UTF-8")
                .withHostConfig(host());
        return create.exec().getId();
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
                        switch (options.network()) {
                            case NONE -> "none";
                            case FULL -> "default";
                        })
                .withIpcMode("private")
                .withMemory(options.memoryBytes())
                .withMemorySwap(options.memoryBytes())
                .withNanoCPUs(Math.round(options.processors() * 1e9))
                .withPidsLimit((long) options.processes())
                .withUlimits(List.of(new Ulimit("core", 0L, 0L)))
                .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
                .withTmpFs(Map.of("/tmp", temporary("1777"), User.HOME, temporary("0700")))
                .withMounts(mounts());
        return engine.remapped() ? host.withUsernsMode("host") : host;
    }

    private String temporary(String mode) {
        return TEMPORARY + options.temporaryBytes() + ",mode=" + mode + ",uid=" + user.uid() + ",gid=" + user.gid();
    }

    private List<Mount> mounts() {
        List<Mount> mounts = new ArrayList<>(List.of(
                bind(folders.workspace(), folders.workspace().toString(), true),
                bind(folders.scratch(), folders.scratch().toString(), false),
                bind(control, control.toString(), false),
                bind(control.resolve("passwd"), "/etc/passwd", false),
                bind(control.resolve("group"), "/etc/group", false)));
        for (String cache : options.caches()) {
            mounts.add(bind(folders.caches().resolve(cache), User.HOME + "/" + cache, true));
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
