/**
 * The program: {@link dev.bantam.app.Main}, its modes, and {@link dev.bantam.app.Wiring}, the only place that constructs
 * everything. What it chooses from, and the commands beside it, are in the packages below, which know nothing of it.
 */
package dev.bantam.app;
