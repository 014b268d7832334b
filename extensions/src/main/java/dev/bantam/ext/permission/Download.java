package dev.bantam.ext.permission;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges {@code curl} and {@code wget}: whom they speak to, what they send, and where the answer goes. */
final class Download {
    private static final Pattern HOST = Pattern.compile("^(?:\\w+://)?(?:[^@/]*@)?(\\[[^]]*]|[^/:?#]+)");
    private static final Pattern OWN = Pattern.compile("localhost|127\\.[\\d.]+|\\[::1]|0\\.0\\.0\\.0|.*\\.localhost");
    private static final Set<String> SENDING = Set.of(
            "-d",
            "--data",
            "--data-raw",
            "--data-binary",
            "--data-urlencode",
            "--data-ascii",
            "--json",
            "-F",
            "--form",
            "-T",
            "--upload-file",
            "--post-data",
            "--post-file",
            "--body-data",
            "--body-file");
    private static final Set<String> VALUED = Set.of(
            "-H",
            "--header",
            "-X",
            "--request",
            "-u",
            "--user",
            "-A",
            "--user-agent",
            "-b",
            "--cookie",
            "-c",
            "--cookie-jar",
            "-e",
            "--referer",
            "-w",
            "--write-out",
            "-m",
            "--max-time",
            "--connect-timeout",
            "--retry",
            "--retry-delay",
            "-x",
            "--proxy",
            "-t",
            "--tries",
            "--timeout",
            "--cacert",
            "-U",
            "--method",
            "-K",
            "--config");
    private static final Set<String> WRITING =
            Set.of("-o", "--output", "-O", "--output-document", "-P", "--directory-prefix", "--output-dir", "-D", "-a");

    private final Invocation call;
    private final FileJudge files;
    private final List<String> hosts = new ArrayList<>();
    private boolean sends;
    private boolean unknown;

    Download(Invocation call, FileJudge files) {
        this.call = call;
        this.files = files;
    }

    void judge() {
        for (int i = 0; i < call.rest().size(); i++) {
            Arg arg = call.rest().get(i);
            Arg next = i + 1 < call.rest().size() ? call.rest().get(i + 1) : Arg.UNKNOWN;
            String text = arg.text();
            boolean nameless = call.program().equals("curl") && text.equals("-O");
            sends |= SENDING.stream().anyMatch(option -> is(option, text))
                    || text.matches("-X(POST|PUT|PATCH|DELETE)|--(request|method)=(POST|PUT|PATCH|DELETE)")
                    || text.matches("-X|--request|--method") && !next.text().matches("GET|HEAD|OPTIONS");
            if (WRITING.contains(text) && !nameless) {
                if (!next.is("-")) {
                    files.writes(next, call.scope(), call.words(), call.found());
                }
                i++;
            } else if (SENDING.contains(text) || VALUED.contains(text)) {
                i++;
            } else if (text.matches("(-o|-O|--output=|--output-document=|-P).+") && !nameless) {
                String file = text.replaceFirst("^(--[\\w-]+=|-\\w)", "");
                files.writes(Arg.of(file), call.scope(), call.words(), call.found());
            } else if (arg.value().isEmpty()) {
                unknown = true;
            } else if (!text.startsWith("-")) {
                host(text);
            }
        }
        conclude();
    }

    private static boolean is(String option, String text) {
        boolean attached = option.startsWith("--") ? text.startsWith(option + "=") : text.startsWith(option);
        return text.equals(option) || attached && !text.startsWith("--" + "data-dir");
    }

    private void host(String address) {
        Matcher matcher = HOST.matcher(address);
        hosts.add(matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : address);
    }

    private void conclude() {
        boolean own =
                !unknown && hosts.stream().allMatch(host -> OWN.matcher(host).matches());
        String whom = hosts.isEmpty() ? "another machine" : String.join(", ", hosts);
        Risk risk = own ? Risk.HARMLESS : sends ? Risk.SENDS : Risk.NETWORK;
        String why = own ? "" : sends ? "sends data to " + whom : "fetches from " + whom;
        call.found().add(new Finding(risk, call.words(), why, List.of(), hosts));
    }
}
