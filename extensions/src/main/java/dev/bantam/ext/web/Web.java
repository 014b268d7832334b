package dev.bantam.ext.web;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Setting;
import dev.bantam.api.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets the model read the web, as far as the user has set it up. */
public final class Web implements Extension {
    static final Setting<Boolean> FETCH = Setting.flag("web.fetch", false, "Whether the model may fetch web pages.")
            .userOnly();
    static final Setting<String> SEARCH = Setting.text(
                    "web.search", "off", "The service that web searches go to.", "off", "searxng", "firecrawl", "brave")
            .userOnly();
    static final Setting<String> SEARCH_URL = Setting.text(
                    "web.search-url", "", "The address of the search service; needed for searxng.")
            .userOnly();
    static final Setting<String> SEARCH_KEY = Setting.text(
                    "web.search-key", "", "The key for the search service; else that of the environment is taken.")
            .userOnly();

    @SuppressWarnings("rawtypes")
    static final Setting<List> PRIVATE_HOSTS = Setting.texts(
                    "web.private-hosts",
                    "Hosts on this machine or in its own networks that may be asked, as HOST or HOST:PORT.")
            .userOnly();

    static final Setting<Integer> PART_TOKENS =
            Setting.whole("web.part-tokens", 1_500, "Tokens of a page that the model gets at a time.", 200, 20_000);
    static final Setting<Integer> MOST_KILOBYTES =
            Setting.whole("web.max-kilobytes", 4_096, "Of a larger page the rest is left out.", 16, 65_536);
    static final Setting<Integer> TIMEOUT =
            Setting.whole("web.timeout-s", 20, "Seconds after which a fetch or a search is given up.", 1, 300);

    /** A part may take this share of the window, whatever the setting says. */
    private static final int WINDOW_SHARE = 10;

    @Override
    public String name() {
        return "web";
    }

    @Override
    public String summary() {
        return "Lets the model fetch web pages and search the web, once you have set it up.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(FETCH, SEARCH, SEARCH_URL, SEARCH_KEY, PRIVATE_HOSTS, PART_TOKENS, MOST_KILOBYTES, TIMEOUT);
    }

    /** @throws IllegalArgumentException when a search service lacks its address or key */
    @Override
    public Hooks open(ExtensionContext context) {
        if (context.offline()) {
            return new Hooks() {};
        }
        Http http = new Http(Duration.ofSeconds(context.setting(TIMEOUT)), context.setting(MOST_KILOBYTES) * 1024);
        ReadPages read = new ReadPages(() -> log(context), () -> evidenceIsKept(context));
        List<Tool> tools = new ArrayList<>();
        if (context.setting(FETCH)) {
            PageLoader loader = new PageLoader(http, new Reach(hosts(context)));
            int window = Math.max(200, context.model().contextWindow() / WINDOW_SHARE);
            Parts parts = new Parts(context::countTokens, Math.min(context.setting(PART_TOKENS), window));
            tools.add(new FetchTool(loader, parts, read));
        }
        SearchService.configured(
                        context.setting(SEARCH),
                        context.setting(SEARCH_URL),
                        context.setting(SEARCH_KEY),
                        System.getenv())
                .ifPresent(service -> tools.add(new SearchTool(service, http)));
        return new WebHooks(tools, read, http);
    }

    private static Set<String> hosts(ExtensionContext context) {
        List<?> hosts = context.setting(PRIVATE_HOSTS);
        return hosts.stream()
                .map(host -> host.toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static Path log(ExtensionContext context) {
        return context.sessionFolder().resolve("pages.tsv");
    }

    private static boolean evidenceIsKept(ExtensionContext context) {
        return context.tools().stream().anyMatch(tool -> tool.name().equals(ReadPages.EVIDENCE_TOOL));
    }
}
