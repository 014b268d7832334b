/**
 * The contracts that every part of Bantam agrees on. It needs the JDK alone.
 *
 * <p>Read it in this order:
 *
 * <ol>
 *   <li>{@link dev.bantam.api.Message} and {@link dev.bantam.api.Part}: what is said. A conversation is a list of
 *       messages that only grows at its end, so that a KV cache can be reused.
 *   <li>{@link dev.bantam.api.ChatModel}: asks a model for one reply. A remote model and the model in this process
 *       look alike; what only the latter can do is told by {@link dev.bantam.api.Capabilities}.
 *   <li>{@link dev.bantam.api.Tool} and {@link dev.bantam.api.ToolResult}: what the model may do, and what it is told.
 *   <li>{@link dev.bantam.api.Extension} and {@link dev.bantam.api.Hooks}: event in, decision out.
 *   <li>{@link dev.bantam.api.Event}: everything that happened, for people, programs and the session's file.
 *   <li>{@link dev.bantam.api.Sandbox} and {@link dev.bantam.api.Workspace}: where commands run and which files exist.
 * </ol>
 *
 * <p>Messages, parts, events, decisions and results are sealed: a {@code switch} over them has no {@code default}.
 */
package dev.bantam.api;
