package dev.bantam.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ControlGroupTest {
    private static final long MEMORY = 64L << 20;

    /** Where no group can be made that is told by its absence; where one can, it must confine. */
    @Test
    void theKernelEndsWhatTakesMoreMemoryThanTheGroupHas() throws Exception {
        String name = UUID.randomUUID().toString();
        Optional<ControlGroup> made = ControlGroup.make(Limits.usual().withMemory(MEMORY), name);
        if (made.isEmpty()) {
            assertThat(groups(name)).isEmpty();
            return;
        }
        try (ControlGroup group = made.get()) {
            List<String> words = new ArrayList<>(group.prefix());
            words.addAll(List.of("sh", "-c", "head -c 400000000 /dev/zero | tail -c 400000000 | wc -c"));
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            process.waitFor();

            assertThat(group.kills()).isPositive();
            assertThat(groups(name)).isNotEmpty();
        }
        assertThat(groups(name)).isEmpty();
    }

    private static List<Path> groups(String name) throws Exception {
        try (var folders = Files.find(
                Path.of("/sys/fs/cgroup"),
                8,
                (path, attributes) -> path.getFileName().toString().equals("bantam-" + name))) {
            return folders.toList();
        }
    }
}
