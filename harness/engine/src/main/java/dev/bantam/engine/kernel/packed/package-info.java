/**
 * Fast products of quantised weights with activations rounded to bytes, summed in integers. Weights are packed so that a
 * vector's lanes are rows: one activation meets many rows at once, and nothing is summed across lanes.
 */
package dev.bantam.engine.kernel.packed;
