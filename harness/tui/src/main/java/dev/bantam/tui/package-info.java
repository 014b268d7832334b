/**
 * The terminal: what a run looks like to the person who watches it, and how that person speaks to it.
 *
 * <p>Read it in this order: {@link dev.bantam.tui.EventLines} turns events into lines; {@link dev.bantam.tui.Ink} is the
 * one way from a line to a terminal and lets no control character through; {@link dev.bantam.tui.ProgressLines} shows a
 * headless run; {@link dev.bantam.tui.Shell} is the interactive session.
 *
 * <p>Everything is written to the normal screen: no mouse capture, no alternate screen, the terminal's own scrollback.
 */
package dev.bantam.tui;
