/**
 * {@code shell-session}: the tool {@code shell}, a shell that keeps its folder and variables from call to call, with
 * background jobs, beside the one-shot {@code bash}. Off by default: {@code bash} is enough for most work, and each tool
 * costs a small model attention.
 *
 * <p>The shell runs in a terminal of the sandbox. It is an interactive one without start-up files, whose prompt is a mark
 * that no program prints: it tells that a command is over, its exit code and the folder. Commands are sent encoded and
 * evaluated, so that quotes, line breaks and the terminal's own line limit do not matter. What the terminal shows is
 * cleaned of escape codes, folded, and shortened in its middle.
 *
 * <p>A program that asks is known by a terminal that has been quiet for a while with something in its last line that
 * looks like a prompt. Passwords, pagers and full screens are ended with advice; questions and prompts wait for
 * {@code input}, and the next command ends them. At the time limit a command gets Ctrl-C; when that does not help, the
 * shell is closed, and the next one starts in the same folder.
 *
 * <p>A job has a terminal of its own, and begins in the shell's folder with the variables exported there. All ends with
 * the session; a session that is taken up again starts with a new shell.
 */
package dev.bantam.ext.shellsession;
