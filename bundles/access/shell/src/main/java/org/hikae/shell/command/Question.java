package org.hikae.shell.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.Printable;

/** What people answer. */
final class Question {

    private static final int LONGEST = 1000;

    private Question() {}

    /** Whether somebody types {@code yes}, being asked beside the output. */
    static boolean isConfirmed(Call call, String what, String question) throws IOException {
        call.err().print(Printable.of(what) + ".\n" + question + " Type yes: ");
        call.err().flush();
        return answer(call.caller().in()).equals("yes");
    }

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
