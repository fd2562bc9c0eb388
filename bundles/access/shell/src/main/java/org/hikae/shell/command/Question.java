package org.hikae.shell.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What people answer. */
final class Question {

    private static final int LONGEST = 1000;

    private Question() {}

    /** A line of the input, and no byte after it: whoever comes next may want them. */
    static String answer(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n' && next != '\r' && line.size() < LONGEST) {
            line.write(next);
            next = in.read();
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }
}
