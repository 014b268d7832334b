/**
 * {@code tool-gating}: only the tools that the user wants are offered to the model, and only these run.
 *
 * <p>Patterns say which, with {@code *} for any characters: {@code web_*}. A tool that is left out is not in the schema, so it
 * costs no tokens and the mask of an in-process model cannot begin a call of it; should one be called all the same, it is
 * refused. A pattern that means no tool is told. Does nothing until it is configured.
 */
package dev.bantam.ext.toolgating;
