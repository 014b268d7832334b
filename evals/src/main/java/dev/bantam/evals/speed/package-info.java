/**
 * How fast the engine is on this machine, against how fast memory is read and against other engines, on random models that
 * are made here. {@link dev.bantam.evals.speed.SpeedBenchmark} runs it.
 */
package dev.bantam.evals.speed;
