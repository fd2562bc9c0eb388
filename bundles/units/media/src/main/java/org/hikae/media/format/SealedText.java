package org.hikae.media.format;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small document that people can read: a line {@code MAGIC VERSION SHA256}, then a JSON object, whose hash is in the
 * line.
 */
public final class SealedText {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Pattern LINE = Pattern.compile("([a-z-]+) ([1-9][0-9]{0,8}) (" + Sha256.PATTERN + ")");
    private static final int MAX_LINE = 200;

    private SealedText() {}

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    public static byte[] encode(String magic, int version, ObjectNode content) throws IOException {
        byte[] body = (JSON.writeValueAsString(content) + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] line = (magic + " " + version + " " + hash(body, 0) + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(line, line.length + body.length);
        System.arraycopy(body, 0, all, line.length, body.length);
        return all;
    }

    /**
     * @param version the newest version known here; all older ones are too
     * @throws DamagedException if the bytes are not what was written, or the version is not known; the message goes on
     *     after the name of the document
     */
    public static ObjectNode decode(String magic, int version, byte[] bytes) throws DamagedException {
        int end = 0;
        while (end < bytes.length && end < MAX_LINE && bytes[end] != '\n') {
            end++;
        }
        Matcher line = LINE.matcher(new String(bytes, 0, end, StandardCharsets.ISO_8859_1));
        if (end == bytes.length || !line.matches() || !line.group(1).equals(magic)) {
            throw new DamagedException("is damaged: it does not begin with '" + magic + "'");
        }
        int found = Integer.parseInt(line.group(2));
        if (found > version) {
            throw new DamagedException(
                    "has format version " + found + ", which is newer than this Hikae; use a newer one");
        }
        if (!line.group(3).equals(hash(bytes, end + 1))) {
            throw new DamagedException("is damaged: it does not match its checksum");
        }
        try {
            if (JSON.readTree(bytes, end + 1, bytes.length - end - 1) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw new DamagedException("is no JSON", e);
        }
        throw new DamagedException("is no JSON object");
    }

    /**
     * Checks that a document says the version that what is in it takes: its hash is not over that.
     *
     * @throws DamagedException if it says another; the message goes on after the name of the document
     */
    static void checkVersion(int version, byte[] bytes) throws DamagedException {
        int end = 0;
        while (bytes[end] != '\n') {
            end++;
        }
        Matcher line = LINE.matcher(new String(bytes, 0, end, StandardCharsets.ISO_8859_1));
        if (!line.matches() || Integer.parseInt(line.group(2)) != version) {
            throw new DamagedException("is damaged: it does not say that its format has version " + version);
        }
    }

    private static String hash(byte[] bytes, int from) {
        MessageDigest digest = Sha256.begin();
        digest.update(bytes, from, bytes.length - from);
        return Sha256.end(digest);
    }
}
