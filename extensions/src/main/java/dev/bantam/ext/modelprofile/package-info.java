/**
 * {@code model-profile}: how a family of models is asked, where the user said nothing about it.
 *
 * <p>What a model's own file tells is known already: its window, its chat template with the marks of thinking, the sampling
 * that its makers advise ({@link dev.bantam.api.ModelProfile}). On top of that a profile gives a thinking budget, a
 * temperature, a limit for the reply, and a text for the model. Ours are resources; the user's lie in {@code profiles/} of
 * the settings folder, one JSON file each, and hold before ours, field by field. A profile is chosen by a pattern that is
 * found in the model's name or its family, or by the setting {@code model-profile.use}: so that a benchmark asks every
 * model alike.
 */
package dev.bantam.ext.modelprofile;
