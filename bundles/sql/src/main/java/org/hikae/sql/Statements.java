package org.hikae.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** SQL that lies in resources beside a class. Thread-safe. */
public final class Statements {

    private static final String COMMENT = "--";

    private final Class<?> anchor;
    /** Read when the first one is needed: most platforms that run a single command need none. */
    private volatile Map<String, String> all;

    /** @param anchor beside which {@code statements.sql} lies */
    public Statements(Class<?> anchor) {
        this.anchor = anchor;
    }

    /** A statement of {@code statements.sql}, which has a line {@code -- NAME} above each. */
    public String of(String name) {
        Map<String, String> known = all;
        if (known == null) {
            known = named(text("statements.sql"));
            all = known;
        }
        String statement = known.get(name);
        if (statement == null) {
            throw new IllegalArgumentException("there is no statement " + name);
        }
        return statement;
    }

    private static Map<String, String> named(String text) {
        Map<String, String> statements = new HashMap<>();
        String name = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith(COMMENT)) {
                name = line.substring(COMMENT.length()).strip();
            } else if (!line.isBlank()) {
                statements.merge(name, line, (above, below) -> above + "\n" + below);
            }
        }
        return statements;
    }

    /** The statements of a script: each ends with a semicolon at the end of a line. */
    public static List<String> script(String text) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith(COMMENT)) {
                continue;
            }
            boolean last = line.endsWith(";");
            statement.append(last ? line.substring(0, line.length() - 1) : line + "\n");
            if (last) {
                statements.add(statement.toString());
                statement.setLength(0);
            }
        }
        return statements;
    }

    /** The text of a resource beside the class. */
    public String text(String resource) {
        try (InputStream in = Objects.requireNonNull(anchor.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
