/**
 * {@code memory-bank}: what a session did, kept in {@code .bantam/memory/} of the project and given to the next one.
 *
 * <p>Three files, written at the end of each turn from what happened, without asking the model anything:
 * {@code activeContext.md} (the task, where it stands, changed files, what failed last), {@code progress.json} (the last
 * tasks and how they ended) and {@code architectural_decisions.md} (lines of replies and prompts that begin with
 * {@code Decision:}). A new session gets them with its first request, at the end, within a budget.
 *
 * <p>Whoever can write into a project could plant a memory. So the digests of what was written here are kept outside the
 * project, and a file with another digest is neither given to a model nor written over, until the person takes it with
 * {@code /memory trust}. Writes into the project only after {@code /memory on} or by the setting.
 */
package dev.bantam.ext.memorybank;
