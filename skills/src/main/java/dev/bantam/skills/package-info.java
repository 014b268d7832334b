/**
 * Cards: short texts that a model is given when it needs them, and the folders in which they are found.
 *
 * <p>The cards themselves lie in {@code tools}, {@code knowledge} and {@code protocols} of this module. {@link
 * dev.bantam.skills.Library} is the way in. A file that is no card is a sentence for people and never an exception.
 */
package dev.bantam.skills;
