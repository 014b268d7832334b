package dev.bantam.ext.web;

import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/** The part of a document that people come for; what cannot be seen, and what surrounds it, is taken out. */
final class MainContent {
    private static final String UNSEEN = "script, style, noscript, template, svg, canvas, iframe, object, embed, audio,"
            + " video, link, meta, input, select, textarea, button, dialog, [hidden], [aria-hidden=true],"
            + " [style~=(?i)display\\s*:\\s*none], [style~=(?i)visibility\\s*:\\s*hidden],"
            + " .sr-only, .visually-hidden, .linenos, .linenodiv, .lineno, .line-numbers-rows, .gutter";
    private static final String AROUND = "nav, [role=navigation], [role=banner], [role=contentinfo], [role=search],"
            + " body > header, body > footer, body > aside";
    private static final String MARKED =
            "main, [role=main], article, #content, #main-content, #mw-content-text, .markdown-body";

    /** A marked part with less text than this share of the page is not the page's matter. */
    private static final double LEAST_SHARE = 0.3;

    private MainContent() {}

    /** Takes out of the document's body what it leaves out. */
    static Element of(Document document) {
        Element body = document.body();
        body.select(UNSEEN).remove();
        Elements around = body.select(AROUND);
        if (textOf(around) < 0.9 * body.text().length()) { // else the page is nothing but a list of links
            around.remove();
        }
        int all = body.text().length();
        List<Element> marked = body.select(MARKED);
        return marked.stream()
                .filter(part -> part.text().length() > LEAST_SHARE * all)
                .filter(part -> marked.stream().noneMatch(other -> isSmallerButAsGood(other, part)))
                .findFirst()
                .orElse(body);
    }

    private static boolean isSmallerButAsGood(Element other, Element part) {
        return other != part
                && other.parents().contains(part)
                && other.text().length() > 0.8 * part.text().length();
    }

    private static int textOf(Elements elements) {
        return elements.stream().mapToInt(element -> element.text().length()).sum();
    }
}
