package dev.bantam.engine.grammar;

import dev.bantam.engine.Constraint;
import dev.bantam.engine.TokenSet;
import dev.bantam.engine.Tokenizer;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Prints what masks cost on a vocabulary of 151,936 tokens: microseconds of {@code allowed} with {@code mask} by place in a
 * call, the first time and later, and their share of a decoding step of 20 ms. Run {@code main} on the test class path.
 */
public final class GrammarBenchmark {
    private static final double STEP_MICROS = 20_000;
    private static final int VOCABULARY = 151_936;

    private final Tokenizer tokenizer = Vocabularies.large(VOCABULARY, 1);
    private final float[] logits = new float[VOCABULARY];

    private GrammarBenchmark() {}

    public static void main(String[] args) {
        new GrammarBenchmark().run();
    }

    private void run() {
        TokenTrie trie = null;
        for (int i = 0; i < 4; i++) {
            long start = now();
            trie = TokenTrie.of(tokenizer);
            say("trie built (" + trie.nodes() + " nodes)", start);
        }
        List<ToolShape> tools = tools();
        for (CallSyntax syntax : List.of(CallSyntax.HERMES, CallSyntax.QWEN_XML)) {
            for (int i = 0; i < 3; i++) {
                long start = now();
                CallGrammar.compile(syntax, tools, trie);
                say(syntax + " compiled", start);
            }
        }
        String file = file(60_000);
        for (int length : new int[] {60_000, 1_000_000, 4_000_000}) {
            String text = file(length);
            for (int i = 0; i < 4; i++) {
                long start = now();
                Constraint constraint = CallGrammar.compile(CallSyntax.LLAMA3, tools.subList(0, 1), trie)
                        .open((tool, argument, earlier) -> new Bound.SubstringOf(text));
                for (int token : tokenizer.encode(constraint.forced(), false)) {
                    constraint.accept(token);
                }
                constraint.allowed();
                say("first mask of a substring of " + length + " characters", start);
            }
        }
        List<String> paths = IntStream.range(0, 20_000)
                .mapToObj(i -> "src/main/java/dev/bantam/p" + i % 97 + "/File" + i + ".java")
                .toList();
        Bindings bindings = (tool, argument, earlier) -> switch (argument) {
            case "path" -> new Bound.OneOf(paths);
            case "old_text" -> new Bound.SubstringOf(file);
            default -> Bound.FREE;
        };
        String old = file.substring(1000, 1200);
        String json = "\n{\"name\": \"edit\", \"arguments\": {\"path\": \"" + paths.get(777) + "\", \"old_text\": \""
                + JsonText.of(old).substring(1, JsonText.of(old).length() - 1)
                + "\", \"new_text\": \"\\tint héllo = \\\"ü日本\\\"; // \\u00e9 and some more\"}}\n</tool_call>";
        String raw = "\n<function=edit>\n<parameter=path>\n" + paths.get(777) + "\n</parameter>\n<parameter=old_text>\n"
                + old
                + "\n</parameter>\n<parameter=new_text>\n\tint héllo\n = \"ü日本\"\n</parameter>\n</function>\n</tool_call>";
        call(CallSyntax.HERMES, json, bindings, tools, trie);
        call(CallSyntax.QWEN_XML, raw, bindings, tools, trie);
    }

    private void call(CallSyntax syntax, String call, Bindings bindings, List<ToolShape> tools, TokenTrie trie) {
        CallGrammar grammar = null;
        for (int i = 0; i < 6; i++) { // warm up the compiler, each time with nothing cached
            grammar = CallGrammar.compile(syntax, tools, trie);
            times(grammar.open(bindings), call);
        }
        CallGrammar fresh = CallGrammar.compile(syntax, tools, trie);
        print(syntax + " first", times(fresh.open(bindings), call));
        double[] later = times(fresh.open(bindings), call);
        print(syntax + " later", later);
        int[] tokens = tokenizer.encode(call, true);
        for (int i = 0; i < tokens.length; i++) {
            if (later[i] > 500) {
                System.out.printf("    %.0f us at '%s'%n", later[i], tokenizer.decode(new int[] {tokens[i]}));
            }
        }
    }

    /** Microseconds of every step, on a core. */
    private double[] times(Constraint constraint, String call) {
        int[] tokens = tokenizer.encode(call, true);
        double[] micros = new double[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            long start = now();
            TokenSet allowed = constraint.allowed();
            allowed.mask(logits);
            constraint.accept(tokens[i]);
            micros[i] = (now() - start) / 1e3;
        }
        return micros;
    }

    private static void print(String what, double[] micros) {
        double[] sorted = micros.clone();
        Arrays.sort(sorted);
        double mean = Arrays.stream(micros).average().orElseThrow();
        System.out.printf(
                "%-20s %d steps: mean %.0f us (%.2f %% of a step), median %.0f, 95 %% %.0f, most %.0f%n",
                what,
                micros.length,
                mean,
                100 * mean / STEP_MICROS,
                sorted[sorted.length / 2],
                sorted[sorted.length * 95 / 100],
                sorted[sorted.length - 1]);
    }

    /** Nanoseconds of this thread on a core, so that what else the machine does matters less. */
    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void say(String what, long start) {
        System.out.printf("%-55s %.1f ms%n", what, (now() - start) / 1e6);
    }

    private static List<ToolShape> tools() {
        return List.of(
                tool("read", List.of("path"), "path"),
                tool("write", List.of("path", "content"), "path", "content"),
                tool("edit", List.of("path", "old_text", "new_text"), "path", "old_text", "new_text"),
                tool("bash", List.of("command"), "command"),
                tool("grep", List.of("pattern"), "pattern", "path", "glob"),
                tool("glob", List.of("pattern"), "pattern", "path"),
                tool("ls", List.of(), "path"));
    }

    private static ToolShape tool(String name, List<String> required, String... strings) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String string : strings) {
            properties.put(string, Map.of("type", "string"));
        }
        return new ToolShape(name, Map.of("type", "object", "properties", properties, "required", required));
    }

    /** Text in the likeness of source code. */
    private static String file(int length) {
        Random random = new Random(3);
        String[] words = {
            "public", "static", "void", "int", "return", "String", "value", "index", "if", "else", "for", "size",
            "list", "get", "new", "final", "private", "this", "null", "map"
        };
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(random.nextInt(6) == 0 ? "\n" + "    ".repeat(random.nextInt(4)) : " ");
            text.append(random.nextInt(3) == 0 ? "x" + random.nextInt(5000) : words[random.nextInt(words.length)]);
            text.append(random.nextInt(4) == 0 ? "(\"ü\")," : "");
        }
        return text.substring(0, length);
    }
}
