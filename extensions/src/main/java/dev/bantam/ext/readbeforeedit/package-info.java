/**
 * {@code read-before-edit}: an {@code edit} of a file that the model has not read, or that is another one on disk by now,
 * is refused with the {@code read} to call first.
 *
 * <p>A file counts as read by its content: what the tools read and wrote is remembered by hash, for the whole session,
 * so a compaction forgets nothing and a session that is taken up again knows it. What came into the conversation in another
 * way counts as well, when all of it is there: the output of {@code cat}, a file that the person mentioned, a file that
 * the model itself wrote by a command. So does the very piece that is to be replaced, when a result showed it with the file's
 * name, as a search does, or {@code write-guard}. Models that take no guidance are left alone.
 */
package dev.bantam.ext.readbeforeedit;
