package dev.bantam.sandbox.registry;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The hosts that commands may reach, each by its exact name.
 *
 * @param hosts in small letters
 * @param outside how they are found and reached
 */
public record Registries(Set<String> hosts, Outside outside) {
    /** Downloads only as far as their owners see to it: most of these take uploads too, from whoever brings a token. */
    private static final Set<String> USUAL = Set.of(
            "repo.maven.apache.org",
            "repo1.maven.org",
            "registry.npmjs.org",
            "registry.yarnpkg.com",
            "pypi.org",
            "files.pythonhosted.org",
            "crates.io",
            "index.crates.io",
            "static.crates.io",
            "proxy.golang.org",
            "sum.golang.org",
            "rubygems.org",
            "index.rubygems.org",
            "deb.debian.org",
            "security.debian.org");

    private static final Pattern NAME =
            Pattern.compile("([a-z0-9_]([a-z0-9_-]*[a-z0-9])?\\.)+[a-z]([a-z0-9-]*[a-z0-9])?");

    public Registries {
        hosts = Set.copyOf(hosts);
    }

    public static Registries usual() {
        return new Registries(USUAL, new Internet());
    }

    /** Whether it can be added: a whole name, no address, port or pattern. */
    public static boolean isName(String host) {
        return NAME.matcher(plain(host)).matches();
    }

    public Registries with(Collection<String> more) {
        Set<String> all = new TreeSet<>(hosts);
        more.forEach(host -> all.add(plain(host)));
        return new Registries(all, outside);
    }

    boolean allow(String host) {
        return hosts.contains(host);
    }

    /** One spelling for every name: small letters, without the root's dot. */
    static String plain(String host) {
        String small = host.toLowerCase(Locale.ROOT);
        return small.endsWith(".") ? small.substring(0, small.length() - 1) : small;
    }
}
