package dev.bantam.sandbox.docker;

import com.github.dockerjava.api.model.Info;
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

    private static boolean named(List<String> security, String name) {
        return security.stream().anyMatch(option -> option.equals(name) || option.startsWith("name=" + name));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
