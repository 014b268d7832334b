/**
 * {@code web}: {@code web_fetch} reads pages as Markdown, a part at a time, and {@code web_search} asks a search service.
 *
 * <p>Nothing leaves the machine by itself: {@code web_fetch} is offered when {@code web.fetch} is set, {@code web_search}
 * when {@code web.search} names a service, and neither in a session that is offline. A project's own settings cannot
 * switch them on.
 *
 * <p>A page is asked for once and kept in memory, so that going on with its {@code cursor} costs no request. Each
 * request, redirects included, is checked anew: only http and https, only addresses outside the user's own networks
 * unless {@code web.private-hosts} names the host, and only what the host's robots.txt allows. The name is looked up for
 * that check, and the connection uses the same answer out of the JDK's cache; a host whose answer changes in the instant
 * between the two is not caught.
 *
 * <p>What a model has read stays in its context until a compaction, since the prefix is its KV cache. So parts are short,
 * and a compaction drops the page's text and keeps a line for each page: its address, what of it was read, and the
 * evidence that was taken from it.
 */
package dev.bantam.ext.web;
