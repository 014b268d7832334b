/**
 * Chat formats: how a conversation becomes the tokens of a prompt, and how the text of a reply becomes its parts. A {@link
 * dev.bantam.model.local.chat.ChatFormat} is one family's way.
 */
package dev.bantam.model.local.chat;
