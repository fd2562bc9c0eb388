package org.hikae.tape.home;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small document that people can read: a line {@code MAGIC VERSION SHA256}, then a JSON object, whose hash is in the
 * line. What is behind the object is white space.
 */
public final class SealedText {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Pattern LINE = Pattern.compile("([a-z-]+) ([1-9][0-9]{0,8}) ([0-9a-f]{64})");
    private static final int MAX_LINE = 200;

    private SealedText() {}

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** @param least bytes that the text has at least; what is missing is filled with line ends, and is under the hash */
    public static byte[] encode(String magic, int version, ObjectNode content, int least) throws IOException {
        byte[] body = (JSON.writeValueAsString(content) + "\n").getBytes(StandardCharsets.UTF_8);
        int line = (magic + " " + version + " \n").length() + 64;
        byte[] all = new byte[Math.max(least, line + body.length)];
        Arrays.fill(all, (byte) '\n');
        System.arraycopy(body, 0, all, line, body.length);
        byte[] first = (magic + " " + version + " " + hash(all, line) + "\n").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(first, 0, all, 0, line);
        return all;
    }

    /**
     * @param version the newest version known here; all older ones are too
     * @throws NotSealedException if the bytes are not what was written, or the version is not known; the message goes on after the
     *     name of the document
     */
    public static ObjectNode decode(String magic, int version, byte[] bytes) throws NotSealedException {
        int end = 0;
        while (end < bytes.length && end < MAX_LINE && bytes[end] != '\n') {
            end++;
        }
        Matcher line = LINE.matcher(new String(bytes, 0, end, StandardCharsets.ISO_8859_1));
        if (end == bytes.length || !line.matches() || !line.group(1).equals(magic)) {
            throw new NotSealedException("does not begin with '" + magic + "'");
        }
        int found = Integer.parseInt(line.group(2));
        if (found > version) {
            throw new NotSealedException(
                    "has format version " + found + ", which is newer than this Hikae; use a newer one");
        }
        if (!line.group(3).equals(hash(bytes, end + 1))) {
            throw new NotSealedException("is damaged: it does not match its checksum");
        }
        try {
            if (JSON.readTree(bytes, end + 1, bytes.length - end - 1) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw new NotSealedException("is no JSON", e);
        }
        throw new NotSealedException("is no JSON object");
    }

    private static String hash(byte[] bytes, int from) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, from, bytes.length - from);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every platform has SHA-256", e);
        }
    }
}
