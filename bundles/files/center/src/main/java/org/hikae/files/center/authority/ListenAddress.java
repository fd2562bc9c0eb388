package org.hikae.files.center.authority;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Where a center listens.
 *
 * @param host name or literal address; those that stand for all of a machine's addresses too
 * @param port 1 to 65535
 * @param others names and literal addresses by which clients call it besides, such as those of a router that hands connections on
 */
public record ListenAddress(String host, int port, Set<String> others) {

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
    private static final int LAST_PORT = 65535;

    /** @throws IOException if it is not HOST:PORT, or [IPv6 address]:PORT */
    public static ListenAddress parse(String text) throws IOException {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
            if (!isLiteral(host)) {
                throw malformed(text, null);
            }
        } else if (!NAME.matcher(host).matches()) {
            throw malformed(text, null);
        }
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port < 1 || port > LAST_PORT) {
                throw malformed(text, null);
            }
            return new ListenAddress(host, port, Set.of());
        } catch (NumberFormatException e) {
            throw malformed(text, e);
        }
    }

    /** With these names besides. @throws IOException if one is neither a name nor an address */
    public ListenAddress called(Collection<String> names) throws IOException {
        for (String name : names) {
            if (!NAME.matcher(name).matches() && !isLiteral(name)) {
                throw new IOException("'" + name + "' is neither the name of a host nor an address");
            }
        }
        return new ListenAddress(host, port, Set.copyOf(names));
    }

    private static IOException malformed(String text, Exception why) {
        return new IOException(
                "'" + text + "' is not an address to listen at: use HOST:PORT, such as 192.0.2.7:7443 or [::1]:7443",
                why);
    }

    /** Whether it is an address, not a name. */
    static boolean isLiteral(String host) {
        if (!IPV4.matcher(host).matches() && (host.indexOf(':') < 0 || host.indexOf('%') >= 0)) {
            return false;
        }
        try {
            InetAddress.getByName(host);
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** @throws IOException if the name has no address */
    public InetAddress address() throws IOException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IOException("the host '" + host + "' is not known", e);
        }
    }

    /** By what clients may call it: the server refuses requests to other hosts. Of an address that stands for all, every one that the machine has now, and its name. */
    Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>(others);
        InetAddress address = address();
        if (!address.isAnyLocalAddress()) {
            names.add(literal(address));
            if (!isLiteral(host)) {
                names.add(host);
            }
        } else {
            addAll(names);
        }
        if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            names.add("localhost");
        }
        return names;
    }

    private static void addAll(Set<String> names) throws SocketException {
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            Collections.list(each.getInetAddresses()).forEach(address -> names.add(literal(address)));
        }
        try {
            InetAddress own = InetAddress.getLocalHost();
            for (String name : Set.of(own.getHostName(), own.getCanonicalHostName())) {
                if (NAME.matcher(name).matches()) {
                    names.add(name);
                }
            }
        } catch (UnknownHostException e) {
            // A machine whose own name has no address: clients call it by an address then.
            names.add("localhost");
        }
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
