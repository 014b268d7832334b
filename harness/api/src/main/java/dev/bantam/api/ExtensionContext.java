package dev.bantam.api;

import java.nio.file.Path;

/** What an extension may know of its session. Valid until the session ends; used on the session's thread. */
public interface ExtensionContext {
    String sessionId();

    ModelInfo model();

    Workspace workspace();

    /** The tools of this session, those of extensions included. Known after every extension was opened. */
    java.util.List<ToolSpec> tools();

    /** See {@link ChatModel#countTokens(String)}. */
    int countTokens(String text);

    /** The value of a setting that the extension declared. */
    <T> T setting(Setting<T> setting);

    /** A folder of this extension for data that outlives the session; outside the workspace; made on first use. */
    Path dataFolder();
}
