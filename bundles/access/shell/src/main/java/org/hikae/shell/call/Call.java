package org.hikae.shell.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Table;

/** One call of a command: what it needs of its caller and of the platform. Text is written in UTF-8. */
public final class Call {

    private final Caller caller;
    private final Services services;
    private final Cancellation cancellation;
    private final PrintWriter out;
    private final PrintWriter err;

    public Call(Caller caller, Services services, Cancellation cancellation) {
        this.caller = caller;
        this.services = services;
        this.cancellation = cancellation;
        this.out = writer(caller.out());
        this.err = writer(caller.err());
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), false);
    }

    public Caller caller() {
        return caller;
    }

    public Services services() {
        return services;
    }

    public Cancellation cancellation() {
        return cancellation;
    }

    /** @throws IOException if the service is not there */
    public <T> T service(Class<T> service) throws IOException {
        return services.get(service);
    }

    public PrintWriter out() {
        return out;
    }

    public PrintWriter err() {
        return err;
    }

    /** Prints a line to standard output. */
    public void say(String line) {
        out.print(line + "\n");
        out.flush();
    }

    /** Prints a line beside the output: what people may want to know and programs need not. */
    public void note(String line) {
        err.print(line + "\n");
        err.flush();
    }

    public void print(Table table) {
        table.lines(caller.width(), caller.colour()).forEach(this::say);
    }

    public void print(JsonNode document) {
        say(Json.text(document));
    }

    /** The file that the caller means. */
    public Path path(String text) throws IOException {
        if (text.isEmpty()) {
            throw new UsageException("a path is empty");
        }
        try {
            return caller.folder().resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw new IOException("'" + text + "' cannot be a path: " + e.getReason(), e);
        }
    }
}
