/** What tool calls may look like, as masks over a vocabulary. */
package dev.bantam.engine.grammar;
