package dev.bantam.ext.loopguard;

import dev.bantam.api.Part;
import java.util.regex.Pattern;

/** How often a call may honestly give the same result. */
enum Patience {
    /** Most calls: the third time is a loop. */
    ORDINARY(3),
    /** It looks at something that changes by itself, such as a server, a job or a log. */
    WATCHING(10),
    /** It waits before it looks. */
    WAITING(20);

    private static final Pattern WAITS = Pattern.compile("\\b(?:sleep|wait|watch|inotifywait)\\b|tail -[fF]");
    private static final Pattern WATCHES = Pattern.compile(
            "\\b(?:ps|pgrep|jobs|curl|wget|nc|ping|lsof|ss|netstat|systemctl"
                    + "|docker|podman|kubectl|gh|tail|top|uptime|nvidia-smi|squeue)\\b|kill -0|\\.(?:log|status|pid|lock|done)\\b");
    private static final Pattern WATCHING_TOOL = Pattern.compile("(?i)poll|job|status|wait|output|progress");

    private final int times;

    Patience(int times) {
        this.times = times;
    }

    /** How many times it takes to be a loop. */
    int times() {
        return times;
    }

    static Patience with(Part.ToolCall call) {
        String command = call.arguments().optionalText("command").orElse("");
        if (WAITS.matcher(command).find()) {
            return WAITING;
        }
        boolean watches = WATCHES.matcher(command).find()
                || WATCHING_TOOL.matcher(call.tool()).find();
        return watches ? WATCHING : ORDINARY;
    }
}
