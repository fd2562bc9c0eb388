package org.hikae.etc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Names of configuration files: the PID and {@code .config}. What a file name cannot hold, or what would surprise people
 * in one, is written as in URLs: {@code %} and two hexadecimal digits for each byte of UTF-8.
 */
final class FileNames {
    static final String ENDING = ".config";
    private static final String PLAIN = "-_~.";
    private static final int LONGEST = 240;

    private final CharsetEncoder holds;

    /** @param fileSystem the encoding of file names: letters that it does not have are written as bytes */
    FileNames(Charset fileSystem) {
        holds = fileSystem.newEncoder();
    }

    static FileNames ofThisSystem() {
        return new FileNames(Charset.forName(System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name())));
    }

    /** @throws IOException if no file can have a name for this PID */
    synchronized String ofPid(String pid) throws IOException {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < pid.length(); i = pid.offsetByCodePoints(i, 1)) {
            String character = pid.substring(i, pid.offsetByCodePoints(i, 1));
            if (isPlain(character) && !(i == 0 && character.equals("."))) {
                name.append(character);
            } else {
                appendBytes(character, pid, name);
            }
        }
        if (name.isEmpty() || name.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new IOException("The configuration " + pid + " has a name that is too "
                    + (name.isEmpty() ? "short" : "long") + " for a file: choose another one");
        }
        return name + ENDING;
    }

    private boolean isPlain(String character) {
        return PLAIN.contains(character)
                || (Character.isLetterOrDigit(character.codePointAt(0)) && holds.canEncode(character));
    }

    private static void appendBytes(String character, String pid, StringBuilder name) throws IOException {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(character));
            while (bytes.hasRemaining()) {
                name.append(String.format(Locale.ROOT, "%%%02X", bytes.get()));
            }
        } catch (CharacterCodingException e) {
            throw new IOException("The configuration " + pid + " has a name that is no text: choose another one", e);
        }
    }

    /** @throws BrokenFileException if this is no name of a configuration file */
    static String toPid(String fileName) throws BrokenFileException {
        String name = fileName.substring(0, fileName.length() - ENDING.length());
        if (name.indexOf('\uFFFD') >= 0) {
            throw new BrokenFileException("its name cannot be read in this locale; start with LC_ALL=C.UTF-8");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] != '%') {
                bytes.write(encoded[i]);
            } else {
                bytes.write(hexadecimal(encoded, i + 1) * 16 + hexadecimal(encoded, i + 2));
                i += 2;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BrokenFileException("the bytes that its name gives after % are no UTF-8");
        }
    }

    private static int hexadecimal(byte[] encoded, int at) throws BrokenFileException {
        int digit = at < encoded.length ? Character.digit(encoded[at], 16) : -1;
        if (digit < 0) {
            throw new BrokenFileException("% in its name must be followed by two hexadecimal digits");
        }
        return digit;
    }
}
