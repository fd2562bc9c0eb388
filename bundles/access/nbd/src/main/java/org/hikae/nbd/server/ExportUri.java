package org.hikae.nbd.server;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** URIs of exports, as the NBD project defines them. */
public final class ExportUri {

    private static final String PLAIN = "-._~/@";

    private ExportUri() {}

    public static String of(Path socket, String export) {
        return "nbd+unix:///" + encode(export) + "?socket=" + encode(socket.toString());
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
            }
        }
        return encoded.toString();
    }
}
