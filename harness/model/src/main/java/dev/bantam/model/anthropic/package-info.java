/** Anthropic's Messages: prompt caching, sealed thinking that is sent back unchanged, and usage with cached tokens. */
package dev.bantam.model.anthropic;
