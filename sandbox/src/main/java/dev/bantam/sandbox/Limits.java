package dev.bantam.sandbox;

import java.lang.management.ManagementFactory;

/**
 * What the commands of one session may use together.
 *
 * @param memoryBytes of all processes; beyond it the session's commands are ended as out of memory
 * @param processes that may run at one time
 * @param temporaryBytes in {@code /tmp}, and the same again in the home folder
 * @param diskFloorBytes commands are ended when less is left on the workspace's disk
 * @param diskWriteBytes commands are ended when the disk's free space has fallen by this much while one ran
 */
public record Limits(long memoryBytes, int processes, long temporaryBytes, long diskFloorBytes, long diskWriteBytes) {
    private static final long MIB = 1L << 20;
    private static final long LEAST_MEMORY = 2048 * MIB;

    /** Half of this machine's memory, 2,048 processes, 1 GiB of temporary files, 1 GiB left free, 20 GiB written. */
    public static Limits usual() {
        return new Limits(halfOfTheMemory(), 2048, 1024 * MIB, 1024 * MIB, 20 * 1024 * MIB);
    }

    public Limits withMemory(long bytes) {
        return new Limits(bytes, processes, temporaryBytes, diskFloorBytes, diskWriteBytes);
    }

    public Limits withProcesses(int most) {
        return new Limits(memoryBytes, most, temporaryBytes, diskFloorBytes, diskWriteBytes);
    }

    public Limits withTemporary(long bytes) {
        return new Limits(memoryBytes, processes, bytes, diskFloorBytes, diskWriteBytes);
    }

    public Limits withDisk(long floorBytes, long writeBytes) {
        return new Limits(memoryBytes, processes, temporaryBytes, floorBytes, writeBytes);
    }

    private static long halfOfTheMemory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean machine
                ? Math.max(LEAST_MEMORY, machine.getTotalMemorySize() / 2)
                : LEAST_MEMORY;
    }
}
