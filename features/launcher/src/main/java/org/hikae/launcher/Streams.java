package org.hikae.launcher;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

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

    /**
     * What bundles of a platform in this process print is no output of the command, which a program may read: it goes to
     * standard error.
     */
    static void keepBundlesOffOutput() {
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true));
    }
}
