/**
 * {@code write-guard}: a {@code write} on a file that exists is refused with the {@code edit} call to make instead.
 *
 * <p>Small models tend to write a whole file again when they mean to change a part of it, and lose the rest. The refusal
 * shows the real argument names and the file's own first lines, so that even a weak model can copy them. When the file
 * already has that very content it says so. Paths outside the workspace, and paths that name no file, are left to the
 * tool, which also refuses by itself should a file come into being in between.
 */
package dev.bantam.ext.writeguard;
