package dev.bantam.ext.web;

import dev.bantam.api.Arguments;
import dev.bantam.api.Schema;
import dev.bantam.api.Schema.Field;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import dev.bantam.ext.text.JsonText;
import dev.bantam.ext.text.Template;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tool {@code web_fetch}. */
final class FetchTool implements Tool {
    private static final int PAGES_KEPT = 4;

    private static final ToolSpec SPEC = ToolSpec.of(
                    "web_fetch",
                    Template.of(FetchTool.class, "web_fetch.md").text(),
                    Field.required("url", Schema.TEXT, "", "uri", "link", "address", "href"),
                    Field.optional("cursor", Schema.WHOLE, "", "offset", "start", "start_index"))
            .alsoKnownAs("fetch", "fetch_url", "read_url", "browse", "open_url", "get_url", "browser");

    private final PageLoader loader;
    private final Parts parts;
    private final ReadPages read;
    private final Map<URI, Page> pages = new LinkedHashMap<>(); // as asked for; the last used at the end

    FetchTool(PageLoader loader, Parts parts, ReadPages read) {
        this.loader = loader;
        this.parts = parts;
        this.read = read;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public boolean readOnly() {
        return false; // it remembers pages, and asks no host twice at once
    }

    @Override
    public ToolResult run(Arguments arguments, ToolContext context) throws IOException, InterruptedException {
        try {
            URI url = WebAddress.parse(arguments.text("url"));
            Page page = page(url);
            int from = Math.max(0, arguments.wholeNumber("cursor").orElse(0));
            int length = page.text().length();
            return from >= length
                    ? new ToolResult.Failed("web_fetch failed: the page has " + length + " characters; the cursor "
                            + from + " is behind its end. You have read all of it.")
                    : part(url, page, from);
        } catch (WebException e) {
            return e.refused()
                    ? new ToolResult.Refused("web_fetch refused: " + e.getMessage())
                    : new ToolResult.Failed("web_fetch failed: " + e.getMessage());
        }
    }

    private Page page(URI url) throws WebException, InterruptedException {
        Page page = pages.containsKey(url) ? pages.remove(url) : loader.load(url);
        pages.put(url, page);
        if (pages.size() > PAGES_KEPT) {
            pages.remove(pages.keySet().iterator().next());
        }
        return page;
    }

    private ToolResult part(URI asked, Page page, int from) throws IOException {
        int to = parts.end(page.text(), from);
        read.part(page, to);
        return new ToolResult.Done(Template.of(FetchTool.class, "part.md")
                .with(Map.of(
                        "title",
                        page.title().isEmpty() ? "" : page.title() + "\n",
                        "url",
                        page.url(),
                        "from",
                        from,
                        "to",
                        to,
                        "total",
                        page.text().length(),
                        "text",
                        page.text().substring(from, to).strip(),
                        "next",
                        next(asked, page, to))));
    }

    private String next(URI asked, Page page, int to) {
        if (to < page.text().length()) {
            Map<String, Object> arguments = new LinkedHashMap<>();
            arguments.put("url", asked.toString());
            arguments.put("cursor", to);
            return Template.of(FetchTool.class, read.evidenceIsKept() ? "more-with-evidence.md" : "more.md")
                    .with(Map.of("arguments", JsonText.of(arguments)));
        }
        return page.cut() ? "[The page is larger than what may be fetched; its end is missing.]" : "[End of the page]";
    }
}
