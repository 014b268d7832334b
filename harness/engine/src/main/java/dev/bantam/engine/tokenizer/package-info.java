/** Text to tokens and back. */
package dev.bantam.engine.tokenizer;
