/** Sessions on disk: append-only trees of JSON lines, and what they say of a conversation. */
package dev.bantam.core.session;
