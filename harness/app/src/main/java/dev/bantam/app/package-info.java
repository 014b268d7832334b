/**
 * The program: {@link dev.bantam.app.Main}, its options and modes, and {@link dev.bantam.app.Wiring}, the only place that
 * constructs everything.
 */
package dev.bantam.app;
