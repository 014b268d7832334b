/**
 * {@code secret-mask}: keys and tokens are replaced by placeholders before the model, the session's file or a server reads
 * them.
 *
 * <p>Masked are the values of secret-looking variables of the agent's environment and of the user's settings, the known formats
 * of keys, and random-looking values that are assigned to names such as {@code password}; in results, in what a person says,
 * and in the system prompt. What was found once is masked wherever it turns up later in the session. A placeholder names the
 * kind and carries a salted hash, so one value has one placeholder, in all of a user's sessions.
 *
 * <p>The way back is narrow: an {@code edit} of a file gets the real values of those placeholders whose values stand in that
 * very file at that moment, so that a line with a key can be changed around the key. Every other call with a placeholder
 * in it is refused: a new file must not get a key, and a command could send it away.
 */
package dev.bantam.ext.secretmask;
