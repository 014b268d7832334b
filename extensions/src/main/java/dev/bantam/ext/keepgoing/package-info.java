/**
 * {@code keep-going}: a reply that says what it will do, and ends, is taken up again.
 *
 * <p>The system prompt asks small models to call a tool instead of saying that they will; many say it all the same. In
 * this process the reply goes on where it ended, with a tool call opened; a model on a server is asked once to make the
 * call that it announced. Twice in a row at most. A reply that asks, offers, quotes or reports is left alone.
 */
package dev.bantam.ext.keepgoing;
