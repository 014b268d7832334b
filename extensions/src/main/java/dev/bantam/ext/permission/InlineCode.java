package dev.bantam.ext.permission;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks through code that stands in a command, of any language, for what a person would want to see first. It knows
 * names, not meanings: who wants to hide something from it can.
 */
final class InlineCode {
    private static final Map<String, Pattern> ALARMS = alarms();

    private InlineCode() {}

    private static Map<String, Pattern> alarms() {
        Map<String, Pattern> alarms = new LinkedHashMap<>();
        alarms.put(
                "deletes or moves files",
                Pattern.compile(
                        "rmtree|\\bos\\.(remove|unlink|rmdir|rename|replace)|removedirs|\\bunlink|shutil\\.move"
                                + "|rmSync|rmdirSync|fs\\.rm\\b|FileUtils|(File|Dir)\\.(delete|unlink)|file\\.remove|send2trash"));
        alarms.put(
                "starts other programs",
                Pattern.compile("subprocess|os\\.system|\\bpopen|\\bos\\.(exec|spawn|posix_spawn)|\\bpty\\b"
                        + "|child_process|\\bsystem\\b\\s*[(\"']|%x\\W|shell_exec|passthru|proc_open|os\\.execute|`"
                        + "|\\b(eval|exec)\\s*\\(|__import__|do shell script|\\bqx\\b"));
        alarms.put(
                "uses the network",
                Pattern.compile(
                        "urllib|\\brequests\\b|\\bsockets?\\b|http\\.client|httpx|aiohttp|\\bfetch\\s*\\(|net/http"
                                + "|ftplib|smtplib|paramiko|\\bcurl_|https?://(?!localhost|127\\.0\\.0\\.1)|LWP::|IO::Socket"));
        alarms.put(
                "touches files outside of the workspace",
                Pattern.compile("(?<![\\w.])/(etc|home|root|usr|var|opt|boot|bin|sbin|dev|sys|proc|mnt|media|srv|Users"
                        + "|Library|System)\\b(?!/(null|stdin|stdout|stderr)\\b)|['\"]~/|expanduser|Path\\.home|homedir"
                        + "|['\"/]\\.\\./|\\$?\\bHOME\\b"));
        return alarms;
    }

    /** What it would do that should not be done unseen. */
    static Optional<String> alarm(String code, Path workspace) {
        String own = code.replace(workspace.toString(), "");
        return ALARMS.entrySet().stream()
                .filter(alarm -> alarm.getValue().matcher(own).find())
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
