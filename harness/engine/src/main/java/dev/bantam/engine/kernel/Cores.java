package dev.bantam.engine.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The processor's cores. Two threads of one core gain nothing here: the kernels keep its vector units busy. */
public final class Cores {
    private static final Path CPUS = Path.of("/sys/devices/system/cpu");

    private Cores() {}

    /** Physical cores as far as the system tells (Linux), at most the processors that this process may use. */
    public static int physical() {
        int available = Runtime.getRuntime().availableProcessors();
        Set<String> cores = new HashSet<>();
        try {
            for (int i = 0; Files.isDirectory(CPUS.resolve("cpu" + i)); i++) {
                cores.add(Files.readString(CPUS.resolve("cpu" + i + "/topology/thread_siblings_list")));
            }
        } catch (IOException notTold) {
            return available;
        }
        return cores.isEmpty() ? available : Math.min(available, cores.size());
    }
}
