package io.toolstream.mcp.auth;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/** Tells addresses of the public network from those of this machine and of private networks. Pure. */
final class PublicAddresses {
    private PublicAddresses() {}

    static boolean contains(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublic4(bytes, 0) : isPublic6(bytes);
    }

    /** What RFC 6890 keeps for special purposes. */
    private static boolean isPublic4(byte[] bytes, int at) {
        int a = bytes[at] & 0xFF;
        int b = bytes[at + 1] & 0xFF;
        int c = bytes[at + 2] & 0xFF;
        boolean isSpecial = a == 0
                || a == 10
                || a == 127
                || a >= 224
                || (a == 100 && b >= 64 && b < 128)
                || (a == 169 && b == 254)
                || (a == 172 && b >= 16 && b < 32)
                || (a == 192 && b == 168)
                || (a == 192 && b == 0 && (c == 0 || c == 2))
                || (a == 198 && (b == 18 || b == 19))
                || (a == 198 && b == 51 && c == 100)
                || (a == 203 && b == 0 && c == 113);
        return !isSpecial;
    }

    private static boolean isPublic6(byte[] bytes) {
        if ((bytes[0] & 0xFE) == 0xFC) {
            return false;
        }
        if (startsWith(bytes, 0x20, 0x02)) {
            return isPublic4(bytes, 2);
        }
        boolean isTranslated = startsWith(bytes, 0x00, 0x64, 0xFF, 0x9B);
        boolean isCompatible = Arrays.equals(bytes, 0, 10, new byte[10], 0, 10);
        if (isTranslated || isCompatible) {
            return isPublic4(bytes, 12);
        }
        boolean isDocumentation = startsWith(bytes, 0x20, 0x01, 0x0D, 0xB8);
        boolean isTeredo = startsWith(bytes, 0x20, 0x01, 0x00, 0x00);
        return !isDocumentation && !isTeredo;
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes[i] & 0xFF) != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
