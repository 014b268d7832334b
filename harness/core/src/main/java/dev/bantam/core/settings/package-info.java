/** Declared settings, the files that set them, and errors that tell how to mend them. */
package dev.bantam.core.settings;
