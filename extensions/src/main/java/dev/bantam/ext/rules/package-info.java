/**
 * {@code rules}: a project's concrete rules are checked on what changed, and told to the model where they are broken.
 *
 * <p>Rules come from {@code .bantam/rules.md} and {@code .cursorrules} (once the project is trusted), and those sections
 * of {@code AGENTS.md} whose heading speaks of rules, conventions, style or guidelines; a list item each. Four kinds are understood:
 * files of at most so many lines, existing code to be looked for before new is written, what must not be used, and that
 * the functions that changed are to be named. What is not understood is given to the model once, within a budget, and kept
 * through compactions; the sections of {@code AGENTS.md} are not, since the model has read them.
 *
 * <p>A file's state before the session's first change of it is what a change is measured against: what was wrong before is
 * nobody's fault. Each breach is told once.
 */
package dev.bantam.ext.rules;
