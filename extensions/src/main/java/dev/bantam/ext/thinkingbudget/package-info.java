/**
 * {@code thinking-budget}: ends a thought that runs over its budget, and keeps what it was worth.
 *
 * <p>A model in this process closes its thought by itself, in the sampler, and this does nothing for it. A server's stream
 * is cut; the model is told the trace as text, shortened to a bound, and answers the next request, and only that one,
 * without thinking. The user's own level stays as it is. Twice in a row at most, for a server that thinks on regardless.
 *
 * <p>The budget is the level that was asked for, with some room for a server that closes the thought by itself and for the
 * uncertainty of the count. Where none was asked, a model on the user's own machine gets the setting's; a model elsewhere
 * is left alone. A thought never gets so much of a reply that nothing is left for the answer.
 */
package dev.bantam.ext.thinkingbudget;
