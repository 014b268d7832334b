package dev.bantam.ext.web;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;

/**
 * Which hosts may be asked. A page's address can come from a page: without this check it could make the user's machine
 * ask the router, a database, or a cloud's metadata service.
 *
 * @param privateHosts allowed all the same, as {@code host} or {@code host:port}
 */
record Reach(Set<String> privateHosts) {

    /** @throws WebException when the host is unknown, or one of its addresses is not for everybody */
    void check(URI uri) throws WebException {
        String host = uri.getHost();
        try {
            InetAddress[] all = InetAddress.getAllByName(host);
            boolean allowed = privateHosts.contains(host) || privateHosts.contains(host + ":" + uri.getPort());
            if (!allowed && Arrays.stream(all).anyMatch(Reach::isPrivate)) {
                throw WebException.refused(
                        host + " is on this machine or in its own network, where web_fetch may not go"
                                + " unless the user lists it in the setting web.private-hosts. Nothing was sent to it.");
            }
        } catch (UnknownHostException e) {
            throw WebException.failed("there is no host " + host + ", or no network. Check the address.");
        }
    }

    static boolean isPrivate(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        return switch (address) {
            case Inet4Address four -> isPrivate(four.getAddress(), 0);
            case Inet6Address six -> isPrivate(six.getAddress());
            default -> true;
        };
    }

    /** IANA's special-purpose registry (RFC 6890), as far as the JDK does not know it. */
    private static boolean isPrivate(byte[] bytes, int at) {
        int a = bytes[at] & 0xFF;
        int b = bytes[at + 1] & 0xFF;
        int c = bytes[at + 2] & 0xFF;
        return a == 0
                || a == 10
                || a == 127
                || a >= 224
                || a == 100 && (b & 0xC0) == 64
                || a == 169 && b == 254
                || a == 172 && (b & 0xF0) == 16
                || a == 192 && b == 168
                || a == 192 && b == 0 && (c == 0 || c == 2)
                || a == 198 && (b == 18 || b == 19 || b == 51 && c == 100)
                || a == 203 && b == 0 && c == 113;
    }

    /** Unique local addresses, and those that carry an IPv4 address: NAT64, 6to4, mapped and compatible ones. */
    private static boolean isPrivate(byte[] bytes) {
        boolean uniqueLocal = (bytes[0] & 0xFE) == 0xFC;
        boolean zeros = true;
        for (int i = 0; i < 10; i++) {
            zeros &= bytes[i] == 0;
        }
        boolean teredo = bytes[0] == 0x20 && bytes[1] == 1 && bytes[2] == 0 && bytes[3] == 0;
        boolean nat64 = bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xFF) == 0xFF && (bytes[3] & 0xFF) == 0x9B;
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 2;
        return uniqueLocal || teredo || (zeros || nat64) && isPrivate(bytes, 12) || sixToFour && isPrivate(bytes, 2);
    }
}
