/**
 * {@code turn-cap}: ends a run that takes too many turns, and tells the model shortly before.
 *
 * <p>A turn that ends the run by itself completes normally, also at the limit. When somebody objects to that end, the
 * run is stopped after the next turn at the latest.
 */
package dev.bantam.ext.turncap;
