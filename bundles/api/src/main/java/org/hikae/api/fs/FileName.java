package org.hikae.api.fs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name in a file system: bytes, mostly UTF-8, but any others too. Immutable.
 *
 * <p>As text a name is its UTF-8. Each byte that is not part of valid UTF-8 is written as {@code \xHH}, and so is the
 * backslash of a name that has such a sequence by itself: every name has a text of its own, from which {@link #parse}
 * makes the same bytes again.
 */
public final class FileName implements Comparable<FileName> {

    private static final HexFormat HEX = HexFormat.of();
    private static final Pattern ESCAPE = Pattern.compile("\\\\x([0-9A-Fa-f]{2})");

    private final byte[] bytes;

    private FileName(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The name of these bytes, which are copied. */
    public static FileName of(byte[] bytes) {
        return new FileName(bytes.clone());
    }

    /** The name whose text this is, see {@link #toString}. */
    public static FileName parse(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher escape = ESCAPE.matcher(text);
        int done = 0;
        while (escape.find()) {
            bytes.writeBytes(text.substring(done, escape.start()).getBytes(StandardCharsets.UTF_8));
            bytes.write(Integer.parseInt(escape.group(1), 16));
            done = escape.end();
        }
        bytes.writeBytes(text.substring(done).getBytes(StandardCharsets.UTF_8));
        return new FileName(bytes.toByteArray());
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Number of bytes. */
    public int length() {
        return bytes.length;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            text.append(guarded(out.flip().toString()));
            out.clear();
            if (!result.isError()) {
                return text.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                HEX.toHexDigits(text.append("\\x"), in.get());
            }
            decoder.reset();
        }
    }

    /** Keeps text that looks like an escape from being taken for one. */
    private static String guarded(String text) {
        return text.indexOf('\\') < 0 ? text : ESCAPE.matcher(text).replaceAll("\\\\x5cx$1");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileName that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** In the order of the bytes, as unsigned numbers. */
    @Override
    public int compareTo(FileName other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }
}
