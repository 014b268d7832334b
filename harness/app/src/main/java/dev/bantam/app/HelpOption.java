package dev.bantam.app;

import picocli.CommandLine.Option;

/** For commands that explain themselves. */
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;
}
