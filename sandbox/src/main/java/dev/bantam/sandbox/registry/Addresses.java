package dev.bantam.sandbox.registry;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Tells addresses of everybody's network from those of this machine and of the networks around it. */
final class Addresses {
    private Addresses() {}

    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublic(bytes, 0) : isPublicSix(bytes);
    }

    /** IANA's special-purpose registry (RFC 6890), as far as the JDK does not know it. */
    private static boolean isPublic(byte[] bytes, int at) {
        int a = bytes[at] & 0xFF;
        int b = bytes[at + 1] & 0xFF;
        return a != 0
                && a != 10
                && a != 127
                && a < 224
                && !(a == 100 && (b & 0xC0) == 64) // carriers' own
                && !(a == 169 && b == 254)
                && !(a == 172 && (b & 0xF0) == 16)
                && !(a == 192 && b == 168)
                && !(a == 198 && (b & 0xFE) == 18);
    }

    /** Global unicast (RFC 4291) is 2000::/3; of that not what carries other addresses, except NAT64 as what it carries. */
    private static boolean isPublicSix(byte[] bytes) {
        boolean nat64 = bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xFF) == 0xFF && (bytes[3] & 0xFF) == 0x9B;
        if (nat64) {
            return bytes[4] == 0 && bytes[5] == 0 && isPublic(bytes, 12);
        }
        boolean teredo = bytes[0] == 0x20 && bytes[1] == 1 && bytes[2] == 0 && bytes[3] == 0;
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 2;
        return (bytes[0] & 0xE0) == 0x20 && !teredo && !sixToFour;
    }
}
