/**
 * Failure scripts: how small models fail, each as a task that a {@link dev.bantam.testkit.WeakModel} goes wrong on in one
 * way and recovers from only on information that a small model could use; and honest work, which must not be disturbed.
 * A {@link dev.bantam.ext.scripts.FailureScript} says what ending well means; a {@link dev.bantam.ext.scripts.Stage} plays
 * it with the extensions of one's choice. The table in {@code extensions/README.md} is made from them.
 */
package dev.bantam.ext.scripts;
