/**
 * A parser for the language of {@code sh} and {@code bash}: words with their quotes and expansions, pipelines, lists,
 * compound commands, here-documents and redirections.
 *
 * <p>It reads in order to judge, not to run: {@link ShellParser#parse} gives a tree of {@link Node}, in which every
 * command that could run is found, those inside of substitutions too. What has two readings, or is not known here, is no
 * tree at all but a {@link ShellSyntaxException}. Grammar: POSIX.1-2024, Shell Command Language, and the Bash manual.
 */
package dev.bantam.ext.permission.shell;
