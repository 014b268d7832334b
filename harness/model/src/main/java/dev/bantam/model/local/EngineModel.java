package dev.bantam.model.local;

import dev.bantam.api.Capabilities;
import dev.bantam.api.ChatModel;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Finish;
import dev.bantam.api.LiveConstraint;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.ModelInfo;
import dev.bantam.api.Part;
import dev.bantam.api.Reply;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.TokenTrace;
import dev.bantam.api.Usage;
import dev.bantam.engine.CacheMemoryException;
import dev.bantam.engine.Constraint;
import dev.bantam.engine.Generation;
import dev.bantam.engine.Model;
import dev.bantam.engine.Sampler;
import dev.bantam.engine.SamplerSettings;
import dev.bantam.engine.Sequence;
import dev.bantam.engine.ThinkingBudget;
import dev.bantam.engine.grammar.CallGrammar;
import dev.bantam.engine.grammar.CallSyntax;
import dev.bantam.model.local.chat.ChatFormat;
import dev.bantam.model.local.chat.Prompt;
import dev.bantam.model.local.chat.ReplyReader;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The model in this process. One sequence holds the conversation; a request evaluates only what the sequence does not
 * hold yet, a conversation that lost its end rewinds it, and an aside runs on a fork.
 */
public final class EngineModel implements ChatModel {
    private static final double DEFAULT_TEMPERATURE = 0.6;

    /** Tokens that a thought may take beyond its budget to the end of its line. */
    private static final int GRACE = 48;

    private static final int[] NOTHING = {};

    private final Model model;
    private final Sequence sequence;
    private final ChatFormat format;
    private final ModelInfo info;
    private final LocalOptions options;
    private final Grammars grammars;
    private final PromptReading reading;
    private final boolean thinks;
    private final int topK;
    private final float topP;
    private final String lastThought;
    private final String traceId;
    private final long seed = new SecureRandom().nextLong(); // for replies that the user gave none for

    /**
     * @param sequence as long as the context window; owned, like the model
     * @param thinks whether a reply may begin with a block of thinking
     */
    EngineModel(Model model, Sequence sequence, String ref, Profile profile, ChatFormat format, LocalOptions options) {
        this.model = model;
        this.sequence = sequence;
        this.traceId = model.facts().fingerprint();
        this.format = format;
        this.options = options;
        this.reading = new PromptReading(
                sequence, options.prefixes().map(folder -> new Prefixes(folder, traceId)), PromptReading.WORTH_KEEPING);
        this.grammars = new Grammars(format.syntax(), model.tokenizer());
        this.thinks = profile.thinks();
        this.topK = profile.topK();
        this.topP = profile.topP();
        this.lastThought = profile.thinkingClosing();
        this.info = new ModelInfo(
                ref,
                sequence.capacity(),
                sequence.capacity() < model.facts().contextTokens()
                        ? Optional.of(
                                "Give it more with --context " + model.facts().contextTokens() + ".")
                        : Optional.empty(),
                true,
                new Capabilities(
                        true,
                        options.mask() && options.liveConstraints(),
                        true,
                        true,
                        callsFollowText(format.syntax()),
                        true,
                        false,
                        thinks),
                profile.forHarness());
    }

    /** Whether a call may follow text within a reply, so that one can be opened where a reply ended. */
    private static boolean callsFollowText(CallSyntax syntax) {
        return switch (syntax) {
            case HERMES, QWEN_XML, MISTRAL -> true;
            case LLAMA3, HARMONY -> false;
        };
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    @Override
    public Reply reply(ChatRequest request, ReplyListener listener) throws ModelException, InterruptedException {
        Asked asked = asked(request);
        if (asked.tokens().length >= sequence.capacity()) {
            throw new ModelException(
                    ModelException.Kind.OVERFLOW,
                    "the prompt has " + asked.tokens().length + " tokens and the context window "
                            + sequence.capacity());
        }
        if (request.purpose() != ChatRequest.Purpose.ASIDE) {
            return reply(sequence, asked, request, listener);
        }
        try (Sequence fork = sequence.fork()) {
            return reply(fork, asked, request, listener);
        } catch (CacheMemoryException e) {
            throw new ModelException(ModelException.Kind.REJECTED, e.getMessage(), e);
        }
    }

    /**
     * A request in tokens.
     *
     * @param tokens all that is read
     * @param begun those of them that belong to the reply
     * @param earlier those of the reply that were told before, when it is taken up again
     */
    private record Asked(Prompt prompt, int[] tokens, int[] begun, int[] earlier) {}

    private Asked asked(ChatRequest request) {
        List<Message> messages = request.messages();
        if (request.purpose() != ChatRequest.Purpose.TAKE_UP
                || !(messages.getLast() instanceof Message.Assistant last)) {
            Prompt prompt = prompt(request);
            return new Asked(prompt, prompt.tokens(), prompt.forced(), NOTHING);
        }
        Prompt prompt = prompt(new ChatRequest(
                request.system(), request.tools(), messages.subList(0, messages.size() - 1), request.options()));
        int[] earlier = last.tokens()
                .filter(trace -> trace.model().equals(traceId))
                .map(TokenTrace::ids)
                .orElseGet(() -> model.tokenizer().encode(last.text(), false));
        int[] begun = concat(earlier, model.tokenizer().encode("\n" + format.callOpening(), true));
        return new Asked(prompt, concat(Arrays.copyOf(prompt.tokens(), prompt.opening()), begun), begun, earlier);
    }

    private Prompt prompt(ChatRequest request) {
        ChatRequest shown = info.profile().listTools()
                ? request
                : new ChatRequest(request.system(), List.of(), request.messages(), request.options());
        synchronized (format) { // tokens are counted while a reply is made
            return format.prompt(shown, thinks && !request.options().thinking().off());
        }
    }

    private Reply reply(Sequence cache, Asked asked, ChatRequest request, ReplyListener listener)
            throws InterruptedException {
        int cached = reading.read(
                cache, asked.tokens(), asked.prompt().prefix(), asked.prompt().stops(), listener);
        String idPrefix = "call-" + asked.prompt().opening() + "-";
        ReplyReader reader = reader(request, asked, idPrefix, listener);
        ReplySteering steering = new ReplySteering(
                model.tokenizer(), format, reader, grammar(request), budget(request.options()), listener::enough);
        long start = System.nanoTime();
        Generation.Result result = new Generation(
                        cache,
                        model.tokenizer(),
                        new Sampler(sampling(request.options())),
                        Generation.Limits.tokens(request.options().maxOutputTokens())
                                .withLookup(options.lookup()))
                .run(steering);
        if (result.finish() == Generation.Finish.CANCELLED) {
            Thread.interrupted();
            throw new InterruptedException();
        }
        steering.finish();
        int[] kept = Arrays.copyOf(result.tokens(), result.tokens().length - steering.repeated());
        TokenTrace trace = new TokenTrace(
                traceId,
                concat(asked.begun(), kept),
                asked.begun().length == 0 ? Arrays.copyOf(result.logProbabilities(), kept.length) : new float[0]);
        List<Part> parts = reader.finish();
        Message.Assistant message = new Message.Assistant(
                parts, steering.halted() ? Finish.HALTED : finish(result, parts), Optional.of(trace));
        Usage usage = new Usage(asked.tokens().length, result.tokens().length, cached);
        return new Reply(message, usage, signals(result, System.nanoTime() - start));
    }

    /** What was told before of a reply that is taken up is not told again. */
    private ReplyReader reader(ChatRequest request, Asked asked, String idPrefix, ReplyListener listener) {
        Gate gate = new Gate(listener, asked.earlier().length == 0);
        ReplyReader reader =
                format.reader(request.tools(), gate, idPrefix, asked.prompt().thinking());
        if (asked.earlier().length > 0) {
            reader.add(model.tokenizer().decode(asked.begun()));
            gate.open();
        }
        return reader;
    }

    private Optional<Supplier<Constraint>> grammar(ChatRequest request) {
        if (!options.mask() || request.tools().isEmpty()) {
            return Optional.empty();
        }
        CallGrammar grammar = grammars.of(request.tools());
        Map<String, List<LiveConstraint>> live = options.liveConstraints() ? request.constraints() : Map.of();
        return Optional.of(() -> grammar.open(new LiveBindings(live)));
    }

    private Optional<ThinkingBudget> budget(ChatRequest.Options asked) {
        if (!thinks || format.thinkingClosing().isEmpty()) {
            return Optional.empty();
        }
        int most = asked.maxOutputTokens() / 4 * 3; // room is left for the answer
        int tokens = Math.min(most, asked.thinking().budget().orElse(most));
        String closing = "\n" + lastThought + format.thinkingClosing();
        return Optional.of(new ThinkingBudget(
                tokens, Math.min(GRACE, tokens / 4), model.tokenizer().encode(closing, true)));
    }

    private static Finish finish(Generation.Result result, List<Part> parts) {
        return switch (result.finish()) {
            case LENGTH, CANCELLED -> Finish.LENGTH;
            case LOOP -> Finish.LOOP;
            case END -> parts.stream().anyMatch(Part.ToolCall.class::isInstance) ? Finish.TOOL_CALLS : Finish.STOP;
        };
    }

    private static Reply.Signals signals(Generation.Result result, long nanos) {
        double entropy = 0;
        for (float each : result.entropies()) {
            entropy += each;
        }
        int tokens = result.tokens().length;
        Generation.Work work = result.work();
        return new Reply.Signals(
                tokens * (double) TimeUnit.SECONDS.toNanos(1) / Math.max(1, nanos),
                tokens == 0 ? 0 : entropy / tokens,
                work.forced(),
                work.drafted(),
                work.accepted());
    }

    @Override
    public void readAhead(ChatRequest request) throws InterruptedException {
        int[] one = prompt(with(request, "a")).tokens();
        int[] other = prompt(with(request, "b")).tokens();
        int common = Math.max(0, Arrays.mismatch(one, other));
        if (common > sequence.length() && common < sequence.capacity()) {
            reading.read(sequence, Arrays.copyOf(one, common), 0, List.of(), ReplyListener.NONE);
        }
    }

    private static ChatRequest with(ChatRequest request, String said) {
        List<Message> messages = new ArrayList<>(request.messages());
        messages.add(Message.User.of(said));
        return new ChatRequest(request.system(), request.tools(), messages, request.options());
    }

    private SamplerSettings sampling(ChatRequest.Options options) {
        double temperature =
                options.temperature().orElse(info.profile().temperature().orElse(DEFAULT_TEMPERATURE));
        return new SamplerSettings(
                (float) temperature, topK, topP, 0, 1, 0, options.seed().orElse(seed));
    }

    private static int[] concat(int[] a, int[] b) {
        int[] joined = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }

    @Override
    public int countTokens(String text) {
        return model.tokenizer().encode(text, false).length;
    }

    @Override
    public int countTokens(ChatRequest request) {
        return asked(request).tokens().length;
    }

    @Override
    public void close() {
        sequence.close();
        model.close();
    }
}
