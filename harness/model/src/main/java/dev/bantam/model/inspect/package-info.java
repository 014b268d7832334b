/** What a model file is, computes and costs, without a chat: for the commands {@code bantam models …}. */
package dev.bantam.model.inspect;
