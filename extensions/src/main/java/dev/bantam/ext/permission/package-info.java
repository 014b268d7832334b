/**
 * {@code permission}: what a command would do is read from its parsed script before it runs, and allowed, asked or denied.
 *
 * <p>{@link dev.bantam.ext.permission.ScriptJudge} walks the tree that {@link dev.bantam.ext.permission.shell.ShellParser}
 * gives, with the folders and variables that are known at each point. For each program the table {@code programs.rules}
 * and the judges for files, wrappers and inline code say what kind of {@link dev.bantam.ext.permission.Risk} it is; the
 * risk says what follows, milder where the sandbox confines commands. The user's own rules come first. What is not
 * understood is asked, and refused where nobody can be asked; it is never allowed.
 *
 * <p>It keeps a model from accidents and from careless commands. It does not confine: a program of the workspace that is
 * allowed to run can do what it likes. That is a sandbox's work.
 */
package dev.bantam.ext.permission;
