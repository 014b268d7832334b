/**
 * {@code turn-cap} ends a run that takes too many turns, tokens, minutes or dollars; {@code finish-warning} tells the model
 * some turns before.
 *
 * <p>A turn that ends the run by itself completes normally, also at the limit, and though another extension objects:
 * no turn is left in which the model could act on that. A reply that is being made when the time is over is ended. The two
 * share a package, since a warning is of no use without the limits that it warns of: where {@code turn-cap} is off,
 * {@code finish-warning} is silent.
 */
package dev.bantam.ext.turncap;
