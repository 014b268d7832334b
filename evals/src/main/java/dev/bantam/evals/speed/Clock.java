package dev.bantam.evals.speed;

import java.lang.management.ManagementFactory;

/** What seconds are counted by. */
enum Clock {
    WALL {
        @Override
        long nanos() {
            return System.nanoTime();
        }
    },
    /** Processor time of the calling thread: fair on a busy machine, when that thread alone computes. */
    PROCESSOR {
        @Override
        long nanos() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }
    };

    abstract long nanos();

    double since(long start) {
        return (nanos() - start) / 1e9;
    }
}
