/**
 * Runs language models inside the program. Open a model file, make a sequence, bring it to hold a prompt, generate:
 *
 * {@snippet :
 * try (Model model = Engine.open(Path.of("model.gguf"), EngineOptions.defaults());
 *         Sequence sequence = model.newSequence(2048)) {
 *     Tokenizer tokenizer = model.tokenizer();
 *     int[] prompt = tokenizer.encode("<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n", true);
 *     PrefixReuse.bring(sequence, prompt, Progress.NONE);
 *
 *     Sampler sampler = new Sampler(SamplerSettings.greedy());
 *     TextStream text = new TextStream(tokenizer);
 *     new Generation(sequence, tokenizer, sampler, Generation.Limits.tokens(200))
 *             .run(Steering.listening(choice -> show(text.add(choice.token()))));
 *     show(text.finish());
 * }
 * }
 *
 * <p>The next request calls {@link dev.bantam.engine.PrefixReuse#bring} with the whole conversation again: only what the
 * sequence does not hold yet is evaluated. {@link dev.bantam.engine.Sequence} is all that an engine has to offer; choosing
 * tokens, reusing prefixes and generating stand above it and are written once.
 *
 * <p>How tokens came into a sequence does not matter: in one batch or in many, after a rewind, in a fork or restored from a
 * file, with any number of threads, the logits have the same bits. Only processors with vectors of another width sum in
 * another order.
 *
 * <p>Blocking calls may come from virtual threads, and interruption cancels them. Java must be started with {@code
 * --add-modules jdk.incubator.vector}. The packages below this one are not meant for callers.
 */
package dev.bantam.engine;
