/** The GGUF v3 file format: metadata, tensor table, and weights mapped where they lie. */
package dev.bantam.engine.gguf;
