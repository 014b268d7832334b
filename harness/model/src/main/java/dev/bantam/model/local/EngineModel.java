package dev.bantam.model.local;

import dev.bantam.api.Capabilities;
import dev.bantam.api.ChatModel;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.ModelInfo;
import dev.bantam.api.Part;
import dev.bantam.api.Reply;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.TokenTrace;
import dev.bantam.api.Usage;
import dev.bantam.engine.CacheMemoryException;
import dev.bantam.engine.Generation;
import dev.bantam.engine.Model;
import dev.bantam.engine.PrefixReuse;
import dev.bantam.engine.Sampler;
import dev.bantam.engine.SamplerSettings;
import dev.bantam.engine.Sequence;
import dev.bantam.engine.TextStream;
import dev.bantam.model.local.chat.ChatFormat;
import dev.bantam.model.local.chat.Prompt;
import dev.bantam.model.local.chat.ReplyReader;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The model in this process. One sequence holds the conversation; a request evaluates only what the sequence does not
 * hold yet, a conversation that lost its end rewinds it, and an aside runs on a fork.
 */
public final class EngineModel implements ChatModel {
    private static final double DEFAULT_TEMPERATURE = 0.6;

    private final Model model;
    private final Sequence sequence;
    private final ChatFormat format;
    private final ModelInfo info;
    private final boolean thinks;
    private final int topK;
    private final float topP;
    private final String traceId;
    private final long seed = new SecureRandom().nextLong(); // for replies that the user gave none for

    /**
     * @param sequence as long as the context window; owned, like the model
     * @param thinks whether a reply may begin with a block of thinking
     */
    EngineModel(Model model, Sequence sequence, String ref, Profile profile, ChatFormat format) {
        this.model = model;
        this.sequence = sequence;
        this.traceId = model.facts().fingerprint();
        this.format = format;
        this.thinks = profile.thinks();
        this.topK = profile.topK();
        this.topP = profile.topP();
        this.info = new ModelInfo(
                ref,
                sequence.capacity(),
                sequence.capacity() < model.facts().contextTokens()
                        ? Optional.of(
                                "Give it more with --context " + model.facts().contextTokens() + ".")
                        : Optional.empty(),
                true,
                new Capabilities(true, false, true, true, true, false, thinks),
                profile.forHarness());
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    @Override
    public Reply reply(ChatRequest request, ReplyListener listener) throws ModelException, InterruptedException {
        Prompt prompt = prompt(request);
        if (prompt.length() >= sequence.capacity()) {
            throw new ModelException(
                    ModelException.Kind.OVERFLOW,
                    "the prompt has " + prompt.length() + " tokens and the context window " + sequence.capacity());
        }
        if (!request.aside()) {
            return reply(sequence, prompt, request, listener);
        }
        try (Sequence fork = sequence.fork()) {
            return reply(fork, prompt, request, listener);
        } catch (CacheMemoryException e) {
            throw new ModelException(ModelException.Kind.REJECTED, e.getMessage(), e);
        }
    }

    private Prompt prompt(ChatRequest request) {
        return format.prompt(request, thinks && !request.options().thinking().off());
    }

    private Reply reply(Sequence cache, Prompt prompt, ChatRequest request, ReplyListener listener)
            throws InterruptedException {
        int[] forced = prompt.forced();
        PrefixReuse read = read(cache, prompt.tokens(), listener);
        TextStream decoder = new TextStream(model.tokenizer());
        ReplyReader text =
                format.reader(request.tools(), listener, "call-" + prompt.opening() + "-", prompt.thinking());
        Generation generation = new Generation(
                cache,
                model.tokenizer(),
                new Sampler(sampling(request.options())),
                Generation.Limits.tokens(request.options().maxOutputTokens()));
        Generation.Result result = generation.run(choice -> text.add(decoder.add(choice.token())));
        if (result.finish() == Generation.Finish.CANCELLED) {
            Thread.interrupted();
            throw new InterruptedException();
        }
        text.add(decoder.finish());
        List<Part> parts = text.finish();
        Finish finish = result.finish() == Generation.Finish.LENGTH
                ? Finish.LENGTH
                : parts.stream().anyMatch(Part.ToolCall.class::isInstance) ? Finish.TOOL_CALLS : Finish.STOP;
        TokenTrace trace = new TokenTrace(
                traceId,
                concat(forced, result.tokens()),
                forced.length == 0 ? result.logProbabilities() : new float[0]);
        Usage usage = new Usage(prompt.length(), result.tokens().length, read.cached());
        return new Reply(new Message.Assistant(parts, finish, Optional.of(trace)), usage);
    }

    private PrefixReuse read(Sequence cache, int[] wanted, ReplyListener listener) throws InterruptedException {
        long start = System.nanoTime();
        int common = PrefixReuse.common(cache, wanted);
        listener.prefill(common, wanted.length, common, 0);
        return PrefixReuse.bring(cache, wanted, (done, total) -> {
            double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
            listener.prefill(common + done, wanted.length, common, seconds > 0 ? done / seconds : 0);
        });
    }

    private SamplerSettings sampling(ChatRequest.Options options) {
        double temperature =
                options.temperature().orElse(info.profile().temperature().orElse(DEFAULT_TEMPERATURE));
        return new SamplerSettings(
                (float) temperature, topK, topP, 0, 1, 0, options.seed().orElse(seed));
    }

    private static int[] concat(int[] a, int[] b) {
        int[] joined = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }

    @Override
    public int countTokens(String text) {
        return model.tokenizer().encode(text, false).length;
    }

    @Override
    public int countTokens(ChatRequest request) {
        return prompt(request).length();
    }

    @Override
    public void close() {
        sequence.close();
        model.close();
    }
}
