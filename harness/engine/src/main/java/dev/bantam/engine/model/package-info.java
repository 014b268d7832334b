/** Open models and their sequences: batches, turns, memory, saved files. */
package dev.bantam.engine.model;
