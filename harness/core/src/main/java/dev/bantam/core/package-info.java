/**
 * The agent's core: {@link dev.bantam.core.TurnLoop} is the place to begin. Sessions, hooks, settings, the model's
 * context and the dispatch of tool calls have a package each.
 */
package dev.bantam.core;
