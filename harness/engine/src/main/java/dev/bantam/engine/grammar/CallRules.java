package dev.bantam.engine.grammar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The grammar of a call in one syntax, and how to read back the arguments of one that is not complete. */
final class CallRules {
    private final CallSyntax syntax;
    private final Parts parts;
    private final FreeJson free;
    private final Map<String, Set<String>> texts = new LinkedHashMap<>(); // (tool): arguments that stand as they are
    private final Node root;

    /** @throws IllegalArgumentException when there is no tool, or one cannot be written with the vocabulary */
    CallRules(CallSyntax syntax, List<ToolShape> tools, Parts parts) {
        this.syntax = syntax;
        this.parts = parts;
        this.free = new FreeJson(parts);
        if (tools.isEmpty()) {
            throw new IllegalArgumentException("no tools: a grammar of calls needs at least one");
        }
        List<Node> calls = new ArrayList<>();
        for (ToolShape tool : tools) {
            if (texts.putIfAbsent(tool.name(), new HashSet<>()) == null) {
                calls.add(checked(call(tool), tool.name()));
            }
        }
        this.root = checked(
                parts.literal(opening(), Parts.fork(calls)), tools.getFirst().name());
    }

    private Node checked(Node node, String tool) {
        if (node == null) {
            throw new IllegalArgumentException("a call of " + tool + " cannot be written in " + syntax
                    + ": the vocabulary lacks tokens for single bytes of it");
        }
        return node;
    }

    Node root() {
        return root;
    }

    /** What comes before the name. */
    private String opening() {
        return switch (syntax) {
            case HERMES -> "\n{\"name\": \"";
            case QWEN_XML -> "\n<function=";
            case MISTRAL -> "[{\"name\": \"";
            case LLAMA3 -> "{\"name\": \"";
            case HARMONY -> "functions.";
        };
    }

    /** A tool's name and all that follows it. */
    private Node call(ToolShape tool) {
        SchemaRules schema = new SchemaRules(free, tool.parameters());
        if (syntax == CallSyntax.QWEN_XML) {
            Node end = parts.literal("</function>\n", parts.mark("</tool_call>", Node.END));
            return parts.literal(tool.name() + ">\n", parameters(tool, schema, end));
        }
        Node arguments = schema.arguments(tool.name());
        if (syntax == CallSyntax.HARMONY) {
            Node body = parts.mark("<|message|>", Parts.call(arguments, parts.mark("<|call|>", Node.END)));
            Node type = parts.mark("<|constrain|>", parts.literal("json", body));
            return parts.literal(tool.name(), Parts.fork(parts.literal(" ", type), type));
        }
        byte[] name = Spelling.JSON.spell(tool.name());
        Node body = parts.literal(key(), Parts.call(arguments, end()));
        return name == null ? null : parts.literal(name, body);
    }

    /** What stands between name and arguments, in JSON. */
    private String key() {
        return syntax == CallSyntax.LLAMA3 ? "\", \"parameters\": " : "\", \"arguments\": ";
    }

    private Node end() {
        return switch (syntax) {
            case HERMES -> parts.literal("}\n", parts.mark("</tool_call>", Node.END));
            case MISTRAL -> parts.literal("}]", Node.END);
            case LLAMA3, QWEN_XML, HARMONY -> parts.literal("}", Node.END);
        };
    }

    private Node parameters(ToolShape tool, SchemaRules schema, Node end) {
        Map<String, Object> shape = Schemas.map(tool.parameters());
        Map<String, Object> properties = Schemas.properties(shape);
        Set<String> required = Schemas.required(shape);
        Node node = end;
        for (String name : List.copyOf(properties.keySet()).reversed()) {
            Node value = parameter(tool, name, properties.get(name), schema, parts.literal("\n", node));
            Node written = parts.literal("<parameter=" + name + ">\n", value);
            node = Parts.fork(written, required.contains(name) ? null : node);
        }
        return node;
    }

    private Node parameter(ToolShape tool, String name, Object shape, SchemaRules schema, Node next) {
        PlainText text = PlainText.of(shape, tool.parameters());
        if (text == null) {
            return Parts.call(schema.value(shape), parts.literal(Spelling.RAW_END, next));
        }
        texts.get(tool.name()).add(name);
        Node after = parts.literal(Spelling.RAW_END, Node.END);
        List<Node> ways = new ArrayList<>();
        for (String choice : text.choices()) {
            byte[] spelled = Spelling.RAW.spell(choice);
            ways.add(spelled == null ? null : parts.literal(spelled, after));
        }
        Node choices = Parts.fork(ways);
        if (text.free() || choices == null) {
            choices =
                    parts.raw() == null ? null : new Node.Opening(tool.name(), name, Spelling.RAW, parts.raw(), after);
        }
        return Parts.call(choices, next);
    }

    /**
     * The arguments that are complete in the text of a call.
     *
     * @param text from where the grammar begins, marks included
     */
    Map<String, Object> arguments(String tool, String text) {
        if (syntax == CallSyntax.QWEN_XML) {
            return parameters(text, texts.get(tool));
        }
        String before = syntax == CallSyntax.HARMONY ? "<|message|>" : key();
        int from = syntax == CallSyntax.HARMONY
                ? 0
                : opening().length() + JsonText.of(tool).length() - 2;
        int at = text.indexOf(before, from);
        return at < 0 ? Map.of() : JsonReader.members(text, at + before.length());
    }

    private static Map<String, Object> parameters(String text, Set<String> plain) {
        Map<String, Object> values = new LinkedHashMap<>();
        String open = "<parameter=";
        int at = text.indexOf(">\n") + 2;
        while (text.startsWith(open, at)) {
            int name = at + open.length();
            int nameEnd = text.indexOf(">\n", name);
            int end = text.indexOf(Spelling.RAW_END, nameEnd + 2);
            if (nameEnd < 0 || end < 0) {
                break;
            }
            String value = text.substring(nameEnd + 2, end);
            String key = text.substring(name, nameEnd);
            values.put(key, plain.contains(key) ? value : JsonReader.value(value));
            at = end + Spelling.RAW_END.length() + 1;
        }
        return values;
    }
}
