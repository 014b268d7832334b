package dev.bantam.api;

import java.nio.file.Path;

/**
 * What a running tool may use.
 *
 * @param scratch a folder of this session, outside the workspace, for output too long to show; made on first use
 */
public record ToolContext(Workspace workspace, Sandbox sandbox, Path scratch) {}
