package dev.bantam.app.setup;

import picocli.CommandLine.Option;

/** For commands that explain themselves. */
public final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;
}
