package dev.bantam.sandbox.docker;

import com.github.dockerjava.api.model.Info;
import com.sun.security.auth.module.UnixSystem;
import java.util.ArrayList;
import java.util.List;

/**
 * What an engine says about itself.
 *
 * @param cgroup 1 or 2; empty where it does not tell
 * @param memoryLimit whether it can limit memory
 * @param pidsLimit whether the number of processes can be limited
 * @param rootless whether it runs without rights of root: uid 0 inside is the user outside
 * @param remapped whether uids inside are others outside, which a workspace's files would show
 * @param filtered whether system calls are filtered
 * @param selinux whether files carry labels that decide who may use them
 */
public record EngineFacts(
        String version,
        String system,
        String cgroup,
        String storage,
        boolean memoryLimit,
        boolean pidsLimit,
        boolean rootless,
        boolean remapped,
        boolean filtered,
        boolean selinux) {

    static EngineFacts of(Info info) {
        List<String> security = info.getSecurityOptions() == null ? List.of() : info.getSecurityOptions();
        return new EngineFacts(
                text(info.getServerVersion()),
                text(info.getOperatingSystem()),
                text(info.getCGroupVersion()),
                text(info.getDriver()),
                Boolean.TRUE.equals(info.getMemoryLimit()),
                !Boolean.FALSE.equals(info.getRawValues().get("PidsLimit")),
                named(security, "rootless"),
                named(security, "userns"),
                named(security, "seccomp"),
                named(security, "selinux"));
    }

    /** What makes its containers weaker than they could be, a sentence each. */
    public List<String> weaknesses() {
        List<String> sentences = new ArrayList<>();
        if (!memoryLimit) {
            sentences.add("it cannot limit memory: a command can take all that the machine has");
        }
        if (!pidsLimit) {
            sentences.add("it cannot limit the number of processes: a command can take all that there may be");
        }
        if (!filtered) {
            sentences.add("it filters no system calls (seccomp is off): a fault of the kernel is easier to reach");
        }
        if (!rootless && new UnixSystem().getUid() == 0) {
            sentences.add(
                    "you are root: where the workspace belongs to root too, commands have uid 0 inside, without any capability. An"
                            + " ordinary user is safer");
        }
        return sentences;
    }

    private static boolean named(List<String> security, String name) {
        return security.stream().anyMatch(option -> option.equals(name) || option.startsWith("name=" + name));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
