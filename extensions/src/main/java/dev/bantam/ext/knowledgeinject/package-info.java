/**
 * {@code knowledge-inject}: cards of general knowledge that fit the task, or the errors that came up.
 *
 * <p>A card's words and expressions are looked for in what the person asked, and in the output of what failed since. One
 * that reaches the threshold is given once; few tokens, at the end of the conversation, and none when the window is well
 * filled already. What the task asks for and what errors ask for have a budget each, so that neither uses up the other's.
 */
package dev.bantam.ext.knowledgeinject;
