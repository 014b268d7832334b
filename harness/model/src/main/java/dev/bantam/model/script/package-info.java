/** Replies from a file, for demonstrations, tests and scripts. */
package dev.bantam.model.script;
