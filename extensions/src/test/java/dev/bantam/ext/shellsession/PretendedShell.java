package dev.bantam.ext.shellsession;

import dev.bantam.testkit.FakeSandbox;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers what is typed into a terminal as a shell would: with the marks that it was told to print. */
public final class PretendedShell implements Function<String, FakeSandbox.Answer> {
    private static final Pattern SET_UP = Pattern.compile("'([0-9a-f]{8}):E:.*cd -- '([^']*)'");
    private static final Pattern PIECE = Pattern.compile(" __bantam_c=\"\\$__bantam_c\"(.*)");

    final List<String> ran = new ArrayList<>();
    final List<String> typed = new ArrayList<>();
    private final Map<String, FakeSandbox.Answer> answers = new HashMap<>();
    private final StringBuilder command = new StringBuilder();
    private String nonce = "";
    private String folder;
    private boolean asking;

    public PretendedShell(String folder) {
        this.folder = folder;
    }

    public PretendedShell on(String line, int exitCode, String output) {
        answers.put(line, new FakeSandbox.Answer(exitCode, output));
        return this;
    }

    /** Prints this and waits for a line. */
    public PretendedShell asks(String line, String prompt) {
        return on(line, -1, prompt);
    }

    /** The commands that it was told to run. */
    public List<String> ran() {
        return List.copyOf(ran);
    }

    @Override
    public FakeSandbox.Answer apply(String line) {
        Matcher setUp = SET_UP.matcher(line);
        Matcher piece = PIECE.matcher(line);
        if (setUp.find()) {
            nonce = setUp.group(1);
            asking = false; // what asked was ended with its shell
            folder = setUp.group(2).equals(".") ? folder : setUp.group(2);
            return new FakeSandbox.Answer(0, "$ " + line + "\r\n" + begin() + end(0));
        }
        if (asking) {
            typed.add(line);
            asking = false;
            return new FakeSandbox.Answer(0, line + "\r\nthank you\r\n" + end(0));
        }
        if (line.equals(" __bantam_c=")) {
            command.setLength(0);
        } else if (piece.matches()) {
            command.append(piece.group(1));
        } else if (line.contains("eval")) {
            return new FakeSandbox.Answer(
                    0,
                    begin() + run(new String(Base64.getDecoder().decode(command.toString()), StandardCharsets.UTF_8)));
        }
        return new FakeSandbox.Answer(0, end(0));
    }

    private String run(String line) {
        if (!line.equals("export -p")) {
            ran.add(line);
        }
        if (line.startsWith("cd ")) {
            folder = line.substring(3);
            return end(0);
        }
        FakeSandbox.Answer answer = answers.getOrDefault(line, new FakeSandbox.Answer(0, ""));
        asking = answer.exitCode() < 0;
        return asking ? answer.output() : answer.output() + end(answer.exitCode());
    }

    private String begin() {
        return "\u001E" + nonce + ":B\u001E";
    }

    private String end(int code) {
        return "\u001E" + nonce + ":E:" + code + ":" + folder + "\u001E";
    }
}
