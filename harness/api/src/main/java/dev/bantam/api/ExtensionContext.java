package dev.bantam.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an extension may know of its session. Valid until the session ends; used on the session's thread. */
public interface ExtensionContext {
    String sessionId();

    ModelInfo model();

    Workspace workspace();

    /** The tools of this session, those of extensions included. Known after every extension was opened. */
    List<ToolSpec> tools();

    /** See {@link ChatModel#countTokens(String)}. */
    int countTokens(String text);

    /** The value of a setting that the extension declared. */
    <T> T setting(Setting<T> setting);

    /** A folder of this extension for data that outlives the session; outside the workspace; made on first use. */
    Path dataFolder();

    /**
     * A folder of this extension for data of this session; outside the workspace; made on first use. A session that is
     * taken up again finds it as it was, a fork starts with a copy, and it goes with a session of which nothing is kept.
     */
    Path sessionFolder();

    /** The folder of the user's own settings; other files of theirs may lie below it. It need not exist. */
    Path configFolder();

    /**
     * Files by which a project may change how Bantam behaves, such as {@code .bantam/rules.md}, by their name relative to
     * the workspace: as the user saw and trusted them; none while the project is not trusted.
     */
    Map<String, byte[]> projectFiles();

    /** The cards of this session: those that come with Bantam, the user's, and the project's as far as it is trusted. */
    Skills skills();

    /** What was said before in a session that is taken up again, compacted parts included; else nothing. */
    List<Message> earlier();

    /** Where commands run. */
    Sandbox sandbox();

    /** Who can be asked during a run; nobody where the program runs without a terminal. */
    Optional<Person> person();

    /** Whether nothing may leave this machine. */
    boolean offline();

    /** Records a decision that no hook's answer tells. */
    void decided(String kind, String verdict, String reason);
}
