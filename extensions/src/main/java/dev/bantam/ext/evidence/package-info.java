/**
 * {@code evidence}: the model writes down facts with their sources, and keeps them through every compaction.
 *
 * <p>A small model that has read twenty files remembers none of them once the conversation was summed up, and reads them
 * again. With {@code evidence_add} it notes what it found and where; the facts lie in the session's folder, one JSON object
 * a line, so that a session that is taken up again has them and a fork begins with a copy. A source that names a line of a
 * file is checked: a fact about a line that does not exist is no fact.
 */
package dev.bantam.ext.evidence;
