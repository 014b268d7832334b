package dev.bantam.app.models;

import dev.bantam.app.setup.Exit;
import dev.bantam.app.setup.HelpOption;
import dev.bantam.app.setup.Invocation;
import dev.bantam.app.setup.Places;
import dev.bantam.core.session.MessageJson;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.engine.Engine;
import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.Tokenizer;
import dev.bantam.tui.Clean;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the tokens of a text. */
@Command(
        name = "tokenize",
        description = {
            "The tokens of a text, in a model's own way.",
            "The text of a control token, such as <|im_end|>, becomes that token; nothing is put before the text."
        })
final class ModelsTokenize implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "REF", description = "local/NAME or a .gguf file; of a split model any part.")
    private String ref;

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Option(names = "--no-special", description = "Control tokens in the text are plain text.")
    private boolean noSpecial;

    @Option(names = "--bos", description = "Put the token before it with which the model's texts begin.")
    private boolean beginning;

    @Option(names = "--json", description = "One JSON object: {\"ids\":[...]}.")
    private boolean json;

    @Mixin
    private HelpOption help = new HelpOption();

    private static final class Source {
        @Option(names = "--text", paramLabel = "TEXT", description = "The text.")
        private String text;

        @Option(names = "--file", paramLabel = "FILE", description = "A file with the text; - for standard input.")
        private String file;
    }

    ModelsTokenize(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Exception {
        String text = source.text != null ? source.text : read(source.file);
        Path file = new ModelFiles(Places.of(invocation.environment())).of(ref);
        Tokenizer tokenizer = Engine.tokenizer(file);
        int[] ids = tokenizer.encode(text, !noSpecial);
        if (beginning) {
            ids = after(beginning(file, tokenizer), ids);
        }
        print(tokenizer, ids);
        return Exit.COMPLETED;
    }

    private String read(String name) throws IOException, ConfigException {
        byte[] bytes = name.equals("-")
                ? invocation.in().readAllBytes()
                : Files.readAllBytes(invocation.cwd().resolve(name));
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ConfigException("--file " + name + " is no UTF-8 text. Convert it first", e);
        }
    }

    /** The token that the model wants, or at least names. */
    private static int beginning(Path file, Tokenizer tokenizer) throws ConfigException, ModelFileException {
        OptionalInt wanted = tokenizer.beginning();
        if (wanted.isPresent()) {
            return wanted.getAsInt();
        }
        if (Engine.metadata(file).get("tokenizer.ggml.bos_token_id") instanceof Number named
                && named.longValue() < tokenizer.vocabularySize()) {
            return named.intValue();
        }
        throw new ConfigException("--bos: this model names no token with which a text begins. Leave it out");
    }

    private static int[] after(int first, int[] ids) {
        int[] all = new int[ids.length + 1];
        all[0] = first;
        System.arraycopy(ids, 0, all, 1, ids.length);
        return all;
    }

    private void print(Tokenizer tokenizer, int[] ids) {
        PrintStream out = invocation.out();
        if (json) {
            out.println(
                    MessageJson.text(Map.of("ids", Arrays.stream(ids).boxed().toList())));
        } else {
            for (int id : ids) {
                out.printf("%8d  %s%n", id, shown(tokenizer.piece(id)));
            }
            out.printf("%,d tokens%n", ids.length);
        }
        out.flush();
    }

    /** In quotes; line breaks and tabs as they are written in programs, and bytes that are no whole character in hex. */
    private static String shown(byte[] piece) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(piece))
                    .toString();
            return '"'
                    + Clean.text(text.replace("\\", "\\\\")
                            .replace("\n", "\\n")
                            .replace("\r", "\\r")
                            .replace("\t", "\\t"))
                    + '"';
        } catch (CharacterCodingException part) {
            return "bytes " + java.util.HexFormat.ofDelimiter(" ").formatHex(piece);
        }
    }
}
