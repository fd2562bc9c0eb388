package org.hikae.nbd.server;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses and ports that this machine alone can reach. */
final class Loopback {

    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([^\\]]+)]|([^:\\[\\]]+)):(\\d{1,5})");
    private static final int LAST_PORT = 65535;

    private Loopback() {}

    /**
     * Reads {@code ADDRESS:PORT}, or {@code [ADDRESS]:PORT} for IPv6.
     *
     * @throws IOException if it is none, or others can reach it
     */
    static InetSocketAddress parse(String text) throws IOException {
        Matcher parts = ADDRESS.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(3)) > LAST_PORT) {
            throw new IOException(
                    "'" + text + "' is not an address and a port; give such as 127.0.0.1:10809 or [::1]:10809");
        }
        String host = parts.group(1) != null ? parts.group(1) : parts.group(2);
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IOException("there is no address '" + host + "'; give such as 127.0.0.1", e);
        }
        if (!address.isLoopbackAddress()) {
            throw new IOException(
                    "others can reach " + host
                            + ", and nothing there asks who they are; give an address of this machine's own, such as 127.0.0.1");
        }
        return new InetSocketAddress(address, Integer.parseInt(parts.group(3)));
    }

    static String show(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
