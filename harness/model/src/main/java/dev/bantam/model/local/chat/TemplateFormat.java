package dev.bantam.model.local.chat;

import dev.bantam.api.Arguments;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.Schema;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.api.TokenTrace;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import dev.bantam.engine.Tokenizer;
import dev.bantam.engine.grammar.CallSyntax;
import dev.bantam.model.local.jinja.Template;
import dev.bantam.model.local.jinja.TemplateException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The format that a model file's own template describes. A conversation is rendered in segments, each up to the opening of
 * a reply whose tokens are known: of a segment only what follows the reply before it is taken, and a segment is rendered
 * with nothing that came later. So the prompt grows at its end, also where the template would drop old thinking.
 */
final class TemplateFormat implements ChatFormat {
    /** Templates that print a date get this one: the prompt must not change from day to day. */
    private static final LocalDate A_DATE = LocalDate.of(2025, 1, 1);

    private static final String PROBE = "qprobe";
    private static final ChatRequest.Options OPTIONS =
            new ChatRequest.Options(ThinkingLevel.MODEL_DEFAULT, OptionalDouble.empty(), OptionalLong.empty(), 1);

    private final Template template;
    private final Optional<LocalDate> today;
    private final Family family;
    private final boolean thinks;
    private final Tokenizer tokenizer;
    private final EncodedTexts texts;
    private final Disguise disguise;
    private final String modelId;
    private final Map<String, Object> marks; // bos_token and eos_token
    private final TemplateMessages messages;
    private final int[]
            tailThinking; // what a prompt ends with when the reply may think, after what it ends with in any case
    private final int[] tailSilent;
    private final boolean opensThinking;
    private final boolean opensThinkingWhenSilent;
    private final boolean repeatsHeader;

    private Header header = new Header("", List.of(), Map.of());
    private int[] headerTokens = {};
    private final List<Segment> segments = new ArrayList<>();

    /** What every segment depends on. */
    private record Header(String system, List<ToolSpec> tools, Map<String, Object> thinking) {}

    /**
     * @param messages those before the reply that it opens
     * @param opening the tokens from here on belong to that reply
     */
    private record Segment(List<Message> messages, Map<String, Object> thinking, int[] tokens, int opening) {}

    /**
     * Reads a template and tries it.
     *
     * @param beginning and {@code end}: the texts of the tokens around a conversation; empty for none
     * @throws TemplateException when the template cannot be rendered
     */
    TemplateFormat(String source, Tokenizer tokenizer, String modelId, String beginning, String end) {
        this.template = Template.parse(source);
        this.today = source.contains("strftime_now is defined") ? Optional.empty() : Optional.of(A_DATE);
        this.family = Family.of(source);
        this.thinks = family.thinks(source);
        this.tokenizer = tokenizer;
        this.texts = new EncodedTexts(tokenizer);
        this.disguise = new Disguise(tokenizer);
        this.modelId = modelId;
        this.marks = Map.of("bos_token", beginning, "eos_token", end);
        this.messages = new TemplateMessages(disguise, abilities(), this::known);
        String thinking = opening(true);
        String silent = opening(false);
        int[] first = encoded(thinking);
        int[] second = encoded(silent);
        int common = Math.max(0, Arrays.mismatch(first, second));
        boolean same = Arrays.equals(first, second);
        tailThinking = same ? new int[0] : Arrays.copyOfRange(first, common, first.length);
        tailSilent = same ? new int[0] : Arrays.copyOfRange(second, common, second.length);
        opensThinking = leavesOpen(thinking);
        opensThinkingWhenSilent = leavesOpen(silent);
        repeatsHeader = repeatsHeader();
    }

    /**
     * Whether the template prints system prompt or tools once more before a later message of the user, as some do before
     * the last. Fails now, and not in the middle of a conversation, when it hides where a reply ends.
     */
    private boolean repeatsHeader() {
        Optional<TokenTrace> trace = Optional.of(new TokenTrace(modelId, new int[0], new float[0]));
        Part.ToolCall call = new Part.ToolCall("1", "f", Arguments.NONE);
        List<Message> exchange = List.of(
                Message.User.of("u"),
                new Message.Assistant(List.of(call), Finish.TOOL_CALLS, trace),
                new Message.ToolReply("1", "f", new ToolResult.Done("r")),
                new Message.Assistant(List.of(new Part.Text("t")), Finish.STOP, trace),
                Message.User.of("u"));
        ToolSpec tool = ToolSpec.of(PROBE, "d");
        ChatRequest request = new ChatRequest(PROBE, List.of(tool), exchange, OPTIONS);
        String text = render(messages.of(request, 5), messages.tools(request), thinking(request, true), true, false);
        afterReply(text, Disguise.standIn(1));
        return afterReply(text, Disguise.standIn(3)).contains(PROBE);
    }

    // ---- what the template can do

    private TemplateMessages.Abilities abilities() {
        ToolSpec tool = ToolSpec.of(PROBE + "tool", "d", Schema.Field.required("a", Schema.TEXT, ""));
        Part.ToolCall call = new Part.ToolCall("1", PROBE + "call", Arguments.of("a", PROBE + "value"));
        List<Message> exchange = List.of(
                Message.User.of(PROBE + "user"),
                new Message.Assistant(List.of(call), Finish.TOOL_CALLS),
                new Message.ToolReply("1", PROBE + "call", new ToolResult.Done(PROBE + "result")));
        ChatRequest plain = new ChatRequest("", List.of(), List.of(exchange.getFirst()), OPTIONS);
        TemplateMessages.Abilities all =
                probe(TemplateMessages.Abilities.ALL, plain).isPresent()
                        ? TemplateMessages.Abilities.ALL
                        : TemplateMessages.Abilities.ALL.withEmptyTools();
        if (!render(all, plain, true).contains(PROBE + "user")) {
            throw new TemplateException("it prints no user's message");
        }
        boolean system = probe(all, new ChatRequest(PROBE + "system", List.of(), List.of(exchange.getFirst()), OPTIONS))
                .filter(text -> text.contains(PROBE + "system"))
                .isPresent();
        String some = system ? "s" : "";
        boolean tools = probe(all, new ChatRequest(some, List.of(tool), List.of(exchange.getFirst()), OPTIONS))
                .filter(text -> text.contains(PROBE + "tool"))
                .isPresent();
        TemplateMessages.Abilities objects =
                new TemplateMessages.Abilities(system, tools, true, true, false, all.emptyTools());
        ChatRequest full = new ChatRequest(some, List.of(tool), exchange, OPTIONS);
        Optional<String> asObject = probe(objects, full).filter(text -> text.contains(PROBE + "value"));
        boolean argumentText = asObject.isEmpty() || asObject.get().contains("{'a': ");
        Optional<String> rendered = argumentText ? probe(objects.withArgumentText(), full) : asObject;
        boolean calls = rendered.filter(text -> text.contains(PROBE + "call") && text.contains(PROBE + "value"))
                .isPresent();
        // a model that is told of its tools in our words is shown calls in our words
        boolean results = tools
                && calls
                && rendered.filter(text -> text.contains(PROBE + "result")).isPresent();
        return new TemplateMessages.Abilities(system, tools, results, results, argumentText, all.emptyTools());
    }

    private Optional<String> probe(TemplateMessages.Abilities abilities, ChatRequest request) {
        try {
            return Optional.of(render(abilities, request, true));
        } catch (TemplateException e) {
            return Optional.empty();
        }
    }

    private String render(TemplateMessages.Abilities abilities, ChatRequest request, boolean refusals) {
        TemplateMessages probed = new TemplateMessages(disguise, abilities, reply -> false);
        return render(
                probed.of(request, request.messages().size()),
                probed.tools(request),
                thinking(request, true),
                true,
                refusals);
    }

    // ---- rendering

    private Map<String, Object> thinking(ChatRequest request, boolean think) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("enable_thinking", think);
        variables.put("thinking", think);
        int budget = request.options()
                .thinking()
                .budget()
                .orElse(ThinkingLevel.MEDIUM.budget().orElseThrow());
        variables.put(
                "reasoning_effort",
                budget <= ThinkingLevel.LOW.budget().orElseThrow()
                        ? "low"
                        : budget <= ThinkingLevel.MEDIUM.budget().orElseThrow() ? "medium" : "high");
        return variables;
    }

    private String render(
            List<Object> conversation, Object tools, Map<String, Object> thinking, boolean open, boolean refusals) {
        Map<String, Object> variables = new LinkedHashMap<>(marks);
        variables.putAll(thinking);
        variables.put("messages", conversation);
        variables.put("tools", tools);
        variables.put("add_generation_prompt", open);
        return template.render(variables, today, refusals);
    }

    private int[] encoded(String rendered) {
        PromptTokens tokens = new PromptTokens(tokenizer, texts);
        disguise.encode(rendered, tokens);
        return tokens.toArray();
    }

    /** What follows a user's message when a reply is to come. */
    private String opening(boolean think) {
        ChatRequest request = new ChatRequest("", List.of(), List.of(Message.User.of(PROBE)), OPTIONS);
        String text = render(messages.of(request, 1), messages.tools(request), thinking(request, think), true, false);
        return text.substring(text.lastIndexOf(PROBE) + PROBE.length());
    }

    private boolean leavesOpen(String opening) {
        return opening.lastIndexOf(family.thinkOpening()) > opening.lastIndexOf(family.thinkClosing());
    }

    // ---- prompts

    private boolean known(Message.Assistant reply) {
        return reply.tokens().filter(trace -> trace.model().equals(modelId)).isPresent();
    }

    @Override
    public Prompt prompt(ChatRequest request, boolean think) {
        keepWhatHolds(request, new Header(request.system(), request.tools(), thinking(request, think)));
        PromptTokens tokens = new PromptTokens(tokenizer, texts);
        List<Message> all = request.messages();
        int from = -1;
        int number = 0;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof Message.Assistant reply && known(reply)) {
                Segment segment = segment(request, number++, from, i, false);
                tokens.tokens(Arrays.copyOf(segment.tokens(), segment.opening()))
                        .stop();
                tokens.tokens(reply.tokens().orElseThrow().ids()).stop();
                from = i;
            }
        }
        Segment last = segment(request, number, from, all.size(), true);
        int opening = tokens.tokens(last.tokens()).length() - last.tokens().length + last.opening();
        List<Integer> stops = new ArrayList<>(tokens.stops());
        stops.add(opening);
        int prefix = headerTokens.length;
        if (prefix > 0 && prefix < stops.getFirst()) {
            stops.addFirst(prefix);
        }
        return new Prompt(tokens.toArray(), prefix, stops, opening, think ? opensThinking : opensThinkingWhenSilent);
    }

    /** Forgets the segments when what stands before all messages is another. */
    private void keepWhatHolds(ChatRequest request, Header wanted) {
        if (!wanted.equals(header)) {
            int[] prefix = prefix(request, wanted);
            if (!Arrays.equals(prefix, headerTokens)
                    || !wanted.tools().equals(header.tools())
                    || !wanted.system().equals(header.system())) {
                segments.clear();
            }
            header = wanted;
            headerTokens = prefix;
        }
    }

    /** The tokens that stand before any first message: up to the last mark before a user's words. */
    private int[] prefix(ChatRequest request, Header wanted) {
        if (request.system().isEmpty() && request.tools().isEmpty()) {
            return new int[0];
        }
        ChatRequest alone = new ChatRequest(
                request.system(), request.tools(), List.of(Message.User.of(PROBE + "user")), request.options());
        String text = render(messages.of(alone, 1), messages.tools(request), wanted.thinking(), true, false);
        int user = text.indexOf(PROBE + "user");
        int end = 0;
        for (int at = 0; at < user; ) {
            String mark = disguise.markAt(text, at);
            at += Math.max(1, mark.length());
            end = mark.isEmpty() ? end : at;
        }
        int[] tokens = encoded(text.substring(0, end));
        return tokens.length == 0 ? tokens : withBeginning(tokens);
    }

    /**
     * @param from the reply that it follows, or -1
     * @param to the number of messages before the reply that it opens
     * @param last whether that reply is still to come, and so can be opened in another way than before
     */
    private Segment segment(ChatRequest request, int number, int from, int to, boolean last) {
        List<Message> before = request.messages().subList(0, to);
        if (number < segments.size()) {
            Segment made = segments.get(number);
            if (made.messages().equals(before) && (!last || made.thinking().equals(header.thinking()))) {
                return made;
            }
            segments.subList(number, segments.size()).clear();
        }
        ChatRequest told = from >= 0 && repeatsHeader
                ? new ChatRequest("", List.of(), request.messages(), request.options())
                : request;
        String text = render(messages.of(told, to), messages.tools(told), header.thinking(), true, false);
        int[] tokens = encoded(from < 0 ? text : afterReply(text, Disguise.standIn(from)));
        if (from < 0) {
            tokens = withBeginning(tokens);
        } else if (tokens.length > 0 && endsWith(request.messages().get(from), tokens[0])) {
            tokens = Arrays.copyOfRange(tokens, 1, tokens.length);
        }
        Segment segment =
                new Segment(List.copyOf(before), header.thinking(), tokens, tokens.length - tailLength(tokens));
        segments.add(segment);
        return segment;
    }

    private int[] withBeginning(int[] tokens) {
        if (tokenizer.beginning().isEmpty()
                || tokens.length > 0 && tokens[0] == tokenizer.beginning().getAsInt()) {
            return tokens;
        }
        int[] begun = new int[tokens.length + 1];
        begun[0] = tokenizer.beginning().getAsInt();
        System.arraycopy(tokens, 0, begun, 1, tokens.length);
        return begun;
    }

    private static boolean endsWith(Message message, int token) {
        int[] ids = ((Message.Assistant) message).tokens().orElseThrow().ids();
        return ids.length > 0 && ids[ids.length - 1] == token;
    }

    /** How many tokens at the end depend on whether the reply may think, and so belong to it. */
    private int tailLength(int[] tokens) {
        int[] tail = Boolean.TRUE.equals(header.thinking().get("enable_thinking")) ? tailThinking : tailSilent;
        int start = tokens.length - tail.length;
        return start >= 0 && Arrays.equals(tokens, start, tokens.length, tail, 0, tail.length) ? tail.length : 0;
    }

    /** What a text has after a reply: from the mark that ends it. */
    private String afterReply(String text, String standIn) {
        int reply = text.lastIndexOf(standIn);
        if (reply < 0) {
            throw new TemplateException("it leaves out a reply");
        }
        for (int at = reply + standIn.length(); at < text.length(); at++) {
            String mark = disguise.markAt(text, at);
            if (!mark.isEmpty()) {
                int token = tokenizer.special(mark).orElse(-1);
                boolean partOfReply =
                        mark.startsWith("</") && !mark.equals("</s>") || mark.startsWith("[/") || mark.contains("tool");
                if (tokenizer.isEndOfGeneration(token) || !partOfReply) {
                    return text.substring(at);
                }
                at += mark.length() - 1;
            }
        }
        return "";
    }

    @Override
    public ReplyReader reader(List<ToolSpec> tools, ReplyListener listener, String idPrefix, boolean thinking) {
        return family.reader(tools, listener, idPrefix, thinking);
    }

    @Override
    public CallSyntax syntax() {
        return family.syntax();
    }

    @Override
    public String callOpening() {
        return family.callOpening();
    }

    @Override
    public boolean callEndsReply() {
        return family.callEndsReply();
    }

    @Override
    public String thinkingClosing() {
        return thinks ? family.thinkingClosing() : "";
    }
}
