/**
 * Servers and the wire to them, of whatever dialect: addresses, one request with its stream, liveness, and what their
 * errors mean. Nothing here knows a model's messages.
 *
 * <p>{@link dev.bantam.model.server.Wire} sends over {@code java.net.http}. There is no time limit for a local reply:
 * while the server is silent, its port is probed on a second connection, and a dead server is noticed within seconds.
 * Nothing is retried here; the caller does that.
 */
package dev.bantam.model.server;
