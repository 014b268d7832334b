/** Extension {@code checkpoint}: keeps files as they were before each turn that changed them, and brings them back. */
package dev.bantam.ext.checkpoint;
