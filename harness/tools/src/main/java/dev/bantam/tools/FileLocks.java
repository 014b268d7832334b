package dev.bantam.tools;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** One lock for each file that is being changed. A few files share one, so that their number is bounded. */
final class FileLocks {
    private final List<Lock> stripes =
            Stream.<Lock>generate(ReentrantLock::new).limit(64).toList();

    /** Taken by the caller, who must unlock it. */
    Lock lock(Path file) throws InterruptedException {
        Lock lock = stripes.get(Math.floorMod(file.hashCode(), stripes.size()));
        lock.lockInterruptibly();
        return lock;
    }
}
