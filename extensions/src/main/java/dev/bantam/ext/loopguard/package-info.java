/**
 * {@code loop-guard}: notices a model that goes round in circles, by what its turns effect and not by their wording.
 *
 * <p>Four things count: the same calls with the same results while the workspace is as it was (a period of one to four
 * turns, near-identical calls too), the same failure again by whichever call, a tool that does not exist, and many turns
 * in which nothing new was learned and nothing was changed. A test that fails alike after several changes is pointed out,
 * and a second empty reply in a row gets a plainer answer than the first.
 *
 * <p>Then come steps, each only when the one before did not help: a nudge; the turn taken back where that costs nothing,
 * else a second nudge; the repeated calls are refused until something changes; the person is asked; the run is ended.
 * Waiting for something is honest work and gets far more patience, and so does a command that changes what builds make.
 */
package dev.bantam.ext.loopguard;
