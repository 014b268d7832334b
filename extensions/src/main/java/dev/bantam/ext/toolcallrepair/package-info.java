/**
 * {@code tool-call-repair}: runs tool calls that arrive as text or malformed, when they can mean one thing only.
 *
 * <p>It reads a reply in steps:
 *
 * <ol>
 *   <li>{@link dev.bantam.ext.toolcallrepair.CallFinder} finds what looks like calls: {@code <tool_call>} with JSON or
 *       function markup, {@code <function=…>}, {@code [TOOL_CALLS]}, {@code <|python_tag|>}, fenced blocks, bare JSON.
 *       Inline code and blocks of other languages are quotations. {@link dev.bantam.ext.toolcallrepair.JsonReader} reads
 *       JSON leniently, but takes no text or number whose end is missing.
 *   <li>{@link dev.bantam.ext.toolcallrepair.ArgumentFit} fits the arguments to the tool's schema. A value of another
 *       JSON type is taken byte for byte as it was written, never written anew.
 *   <li>{@link dev.bantam.ext.toolcallrepair.ReplyRepair} makes calls of what fits. JSON without call markup counts only
 *       when it is a call and nothing else, names a known tool and is neither introduced as an example nor spoken of.
 *       With much prose behind it it is answered instead. A call at the end of
 *       the thinking counts only when the turn ended there, without text and without another call.
 * </ol>
 *
 * <p>What was meant as a call and cannot be read is answered with the fault and the tool's schema, at most twice in a
 * row; it is never guessed. Every repair is an event. There are no settings.
 */
package dev.bantam.ext.toolcallrepair;
