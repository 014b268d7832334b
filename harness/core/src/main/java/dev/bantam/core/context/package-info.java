/** What the model reads: the system prompt, the budget of its window, and compaction when that runs out. */
package dev.bantam.core.context;
