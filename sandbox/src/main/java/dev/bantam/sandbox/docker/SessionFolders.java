package dev.bantam.sandbox.docker;

import java.nio.file.Path;

/**
 * The folders of this machine that a container is given, each under the path that it has here.
 *
 * @param workspace may be written
 * @param scratch may be read: output that was too long to show
 * @param control below it every session has a folder of its own, which may be read: the names of users, long commands
 * @param caches below it lie the build tools' caches, which may be written
 */
public record SessionFolders(Path workspace, Path scratch, Path control, Path caches) {}
