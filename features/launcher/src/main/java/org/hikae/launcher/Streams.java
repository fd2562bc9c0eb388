package org.hikae.launcher;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;

/**
 * The process's own standard streams, without buffers: Gogo replaces those of {@link System} by its own.
 */
record Streams(InputStream in, OutputStream out, OutputStream err) {

    static Streams ofProcess() {
        return new Streams(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err));
    }

    /** @throws IOException with a message for people */
    void print(byte[] bytes) throws IOException {
        try {
            out.write(bytes);
        } catch (IOException e) {
            if (!isClosedPipe(e)) {
                throw new IOException(cannotWrite(e), e);
            }
        }
    }

    static String cannotWrite(IOException reason) {
        return "Standard output cannot be written: " + Reason.of(reason);
    }

    /** Whether nobody reads any more, which is no failure of ours. */
    static boolean isClosedPipe(IOException e) {
        // The JDK has no exception of its own for EPIPE, only the C library's text.
        return String.valueOf(e.getMessage()).equals(ClosedPipe.TEXT);
    }

    /** What the C library says of a pipe that nobody reads, in the language of this process. */
    private static final class ClosedPipe {
        static final String TEXT = find();

        private static String find() {
            try {
                Pipe pipe = Pipe.open();
                pipe.source().close();
                try (Pipe.SinkChannel sink = pipe.sink()) {
                    sink.write(ByteBuffer.allocate(1));
                }
                return "";
            } catch (IOException e) {
                return String.valueOf(e.getMessage());
            }
        }
    }

    /**
     * What bundles of a platform in this process print is no output of the command, which a program may read: it goes to
     * standard error.
     */
    static void keepBundlesOffOutput() {
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true));
    }
}
