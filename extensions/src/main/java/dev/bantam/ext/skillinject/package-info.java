/**
 * {@code skill-inject}: before each request the cards of the tools that matter now.
 *
 * <p>First those that the person asked for with {@code /skill:NAME}, then that of the tool that failed last, those that a
 * setting requires, those of the tools that were used lately, and those that the person's words point at. They share a
 * number of tokens, stand at the end of the conversation, and come again only after a compaction took them away. A
 * protocol, such as the one for research, comes last, since the last that a small model reads weighs most.
 */
package dev.bantam.ext.skillinject;
