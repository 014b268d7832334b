/**
 * The seven tools that every session has: read, write, edit, bash, grep, glob, ls.
 *
 * <p>{@link dev.bantam.tools.Tools#standard()} makes them, {@link dev.bantam.tools.LocalWorkspace} is the folder they
 * work in. What the model is told of a tool lies in a {@code .md} file beside this package.
 */
package dev.bantam.tools;
