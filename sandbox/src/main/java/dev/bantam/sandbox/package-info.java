/** Where commands run. {@link dev.bantam.sandbox.Bubblewrap} confines commands, {@link dev.bantam.sandbox.PlainProcess} does not. */
package dev.bantam.sandbox;
