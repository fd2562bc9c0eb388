package org.hikae.shell.command;

import java.io.PrintWriter;
import org.hikae.shell.text.Json;

/** A JSON array that is printed as it comes: there may be millions of elements. */
final class JsonStream {

    private final PrintWriter out;
    private String separator = "[";

    JsonStream(PrintWriter out) {
        this.out = out;
    }

    void add(Json element) {
        out.print(separator + element.node());
        separator = ",\n";
    }

    void end() {
        out.print(separator.equals("[") ? "[]\n" : "]\n");
        out.flush();
    }
}
