/** Finds the models that run on this machine or lie on its disk. It asks nobody but this machine. */
package dev.bantam.model.discovery;
