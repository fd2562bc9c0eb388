package org.hikae.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingReader;

/**
 * What is typed while a command runs. It comes from where the line editor reads, which may have read ahead; and what is
 * typed after the command has ended is for the next line.
 *
 * <p>The line editor's library reads with a time limit, and cannot tell an end from a pause. So meanwhile the terminal
 * gives Ctrl-D as a character that ends a line.
 */
final class Keyboard extends InputStream {
    private static final long LOOK_MILLIS = 100;
    private static final int CTRL_D = 4;

    private final Terminal terminal;
    private final Attributes before;
    private ByteBuffer ready = ByteBuffer.allocate(0);
    private boolean inLine;
    private volatile boolean closed;

    Keyboard(Terminal terminal) {
        this.terminal = terminal;
        before = terminal.getAttributes();
        Attributes meanwhile = new Attributes(before);
        meanwhile.setControlChar(ControlChar.VEOF, 0);
        meanwhile.setControlChar(ControlChar.VEOL, CTRL_D);
        terminal.setAttributes(meanwhile);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (!ready.hasRemaining()) {
            int first = next();
            if (first == CTRL_D && inLine) {
                first = next();
            }
            if (first < 0 || first == CTRL_D) {
                return -1;
            }
            inLine = first != '\n';
            String text = Character.toString((char) first);
            if (Character.isHighSurrogate((char) first)) {
                text += (char) next();
            }
            ready = StandardCharsets.UTF_8.encode(text);
        }
        int count = Math.min(length, ready.remaining());
        ready.get(bytes, offset, count);
        return count;
    }

    private int next() throws IOException {
        while (!closed) {
            int character = terminal.reader().read(LOOK_MILLIS);
            if (character != NonBlockingReader.READ_EXPIRED) {
                // The editor reads the Enter key as such; commands know lines.
                return character == '\r' ? '\n' : character;
            }
        }
        throw new IOException("the command has ended");
    }

    @Override
    public void close() {
        closed = true;
        terminal.setAttributes(before);
    }
}
