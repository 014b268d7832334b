/**
 * A model on a server, whatever its dialect: {@link dev.bantam.model.remote.RemoteModel} with a
 * {@link dev.bantam.model.remote.Protocol}.
 *
 * <h2>Where LangChain4j ends</h2>
 *
 * LangChain4j writes the requests: it maps messages, tools and parameters to each provider's JSON. Its models are given
 * {@link dev.bantam.model.remote.RequestTap} as their HTTP client, which takes the request instead of sending it. The
 * sending, and the reading of the stream, is ours, because local servers need what does not pass through it:
 *
 * <ul>
 *   <li>fields: llama.cpp's {@code return_progress}, {@code cache_prompt}, {@code chat_template_kwargs}; Ollama's
 *       {@code thinking} in earlier messages, the order of a call's arguments; Anthropic's several thinking blocks in
 *       one reply, each with its signature, and cache marks at the end of the conversation;
 *   <li>frames: progress while the prompt is read, {@code reasoning} beside {@code reasoning_content}, thinking in
 *       tags within the text, error objects
 *       inside a stream with status 200, calls without index or id, arguments as objects;
 *   <li>ends: LangChain4j completes a reply whose stream merely ended, so half a command could be run. Here a reply
 *       without its end is an error, and nothing of it is used;
 *   <li>time: a limit of seconds per read, where a local model may be silent for twenty minutes; and cancellation, which
 *       must close the connection at once.
 * </ul>
 *
 * <p>A native call whose arguments are no JSON object comes with {@link dev.bantam.api.Arguments#NONE} and its text in
 * {@link dev.bantam.api.Part.ToolCall#raw()}: repairing it is an extension's work, as is finding calls in plain text.
 *
 * <p>Of two requests of a conversation the later one's tools and messages begin with the bytes of the earlier one's;
 * Anthropic's cache marks alone move. Nothing else ever changes: no date, no random id.
 */
package dev.bantam.model.remote;
