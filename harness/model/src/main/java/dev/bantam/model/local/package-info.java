/**
 * The model in this process, as a {@link dev.bantam.api.ChatModel}: its chat format, its profile, and the history as the
 * very tokens that were read and generated.
 */
package dev.bantam.model.local;
