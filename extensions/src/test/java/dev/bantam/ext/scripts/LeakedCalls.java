package dev.bantam.ext.scripts;

import static dev.bantam.testkit.Slip.calls;
import static dev.bantam.testkit.Slip.says;

import dev.bantam.api.Arguments;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.testkit.Slip;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls that do not arrive as calls. The model never learns: it writes every call so. */
final class LeakedCalls {
    private static final String EDIT =
            "{\"name\": \"edit\", \"arguments\": {\"path\": \"a.py\", \"old_text\": \"x = 1\", \"new_text\": \"x = 2\"}}";

    private LeakedCalls() {}

    static List<FailureScript> all() {
        return List.of(
                leaked("It writes its call as JSON between tool_call marks", "<tool_call>\n" + EDIT + "\n</tool_call>"),
                leaked(
                        "It writes its call as XML, as Qwen does",
                        "<tool_call>\n<function=edit>\n<parameter=path>\na.py\n</parameter>\n<parameter=old_text>\nx = 1\n"
                                + "</parameter>\n<parameter=new_text>\nx = 2\n</parameter>\n</function>\n</tool_call>"),
                leaked("It writes its call into a fenced block", "I change it now.\n\n```json\n" + EDIT + "\n```"),
                leaked("It writes its call into a fenced block named tool", "```tool\n" + EDIT + "\n```"),
                leaked("It writes its call as bare JSON", EDIT),
                leaked("It writes sentences around its bare JSON", "OK.\n" + EDIT + "\nThat will do."),
                leaked(
                        "It writes its call with the mark of Llama, as Python",
                        "<|python_tag|>edit.call(path=\"a.py\", old_text=\"x = 1\", new_text=\"x = 2\")"),
                malformed(
                        "It writes typographic quotes in the JSON of its call",
                        EDIT.replaceAll("\"([^\"]*)\"", "\u201c$1\u201d")),
                leaked("It writes its call with the mark of Mistral", "[TOOL_CALLS] [" + EDIT + "]"),
                leaked(
                        "It writes its call with the mark of Llama",
                        "<|python_tag|>" + EDIT.replace("arguments", "parameters") + "<|eom_id|>"),
                leaked(
                        "It writes prose around its call",
                        "First the edit:\n<tool_call>" + EDIT + "</tool_call>\nThen I am done."),
                leaked(
                        "It writes several calls into one reply",
                        "<tool_call>" + EDIT
                                + "</tool_call>\n<tool_call>{\"name\": \"read\", \"arguments\": {\"path\": \"a.py\"}}"
                                + "</tool_call>"),
                malformed("It leaves commas behind in the JSON of its call", EDIT.replace("}}", ",},}")),
                malformed("It writes single quotes in the JSON of its call", EDIT.replace('"', '\'')),
                malformed(
                        "It leaves the keys in the JSON of its call unquoted",
                        EDIT.replaceAll("\"(name|arguments|path|old_text|new_text)\":", "$1:")),
                malformed(
                        "It writes comments into the JSON of its call",
                        EDIT.replace("{\"path\"", "{ // the file\n\"path\"")),
                malformed(
                        "It writes Python's words into the JSON of its call",
                        EDIT.replace("\"x = 2\"", "\"x = 2\", \"replace_all\": False")),
                malformed("It loses the end of the JSON of its call", EDIT.substring(0, EDIT.length() - 2)),
                rawLineBreak(),
                leaked(
                        "It makes its call while it thinks, and ends",
                        Slip.thinks("So: <tool_call>" + EDIT + "</tool_call>")),
                leaked(
                        "It sends arguments that are no JSON",
                        sent("edit", "{'path': 'a.py', 'old_text': 'x = 1', 'new_text': 'x = 2',}", Arguments.NONE)),
                objectForText(),
                unreadable());
    }

    private static FailureScript leaked(String name, String text) {
        return leaked(name, says(text));
    }

    private static FailureScript malformed(String name, String json) {
        return leaked(name, "<tool_call>\n" + json + "\n</tool_call>");
    }

    private static FailureScript leaked(String name, Message.Assistant reply) {
        return FailureScript.named(name)
                .file("a.py", "x = 1\n")
                .asks(
                        "Set x to 2 in a.py.",
                        Slip.none(calls("read", "path", "a.py")),
                        Slip.until(reply, says("In a.py x is 2 now."), "edited"))
                .leaves("a.py", "x = 2\n")
                .throughout();
    }

    private static FailureScript rawLineBreak() {
        String json = "{\"name\": \"write\", \"arguments\": {\"path\": \"b.py\", \"content\": \"x = 1\ny = 2\n\"}}";
        return FailureScript.named("It writes line breaks into the JSON of its call as they are")
                .asks(
                        "Write b.py with x and y.",
                        Slip.until(says("<tool_call>" + json + "</tool_call>"), says("I wrote b.py."), "written"))
                .leaves("b.py", "x = 1\ny = 2\n");
    }

    private static FailureScript objectForText() {
        String content = "{\n  \"name\": \"app\",\n  \"version\": \"1.0.0\"\n}";
        Message.Assistant call = sent(
                "write",
                "{\"path\": \"package.json\", \"content\": " + content + "}",
                Arguments.of("path", "package.json", "content", Map.of("name", "app", "version", "1.0.0")));
        return FailureScript.named("It sends the content of a package.json as an object")
                .asks("Create the file package.json.", Slip.until(call, says("I wrote package.json."), "written"))
                .leaves("package.json", content);
    }

    private static FailureScript unreadable() {
        return FailureScript.named("It writes a call that nobody can read")
                .file("a.py", "x = 1\n")
                .asks(
                        "Set x to 2 in a.py.",
                        Slip.none(calls("read", "path", "a.py")),
                        Slip.unless(
                                seen -> seen.told().contains("takes these arguments")
                                        && seen.told().contains("\"old_text\""),
                                says(
                                        "<tool_call>{\"name\": \"edit\", \"arguments\": {\"path\" \"a.py\" x = 1 => x = 2}}</tool_call>"),
                                calls("edit", "path", "a.py", "old_text", "x = 1", "new_text", "x = 2")),
                        Slip.none(says("In a.py x is 2 now.")))
                .leaves("a.py", "x = 2\n");
    }

    private static Message.Assistant sent(String tool, String raw, Arguments read) {
        return new Message.Assistant(
                List.of(new Part.ToolCall("weak", tool, read, Optional.of(raw))), Finish.TOOL_CALLS);
    }
}
