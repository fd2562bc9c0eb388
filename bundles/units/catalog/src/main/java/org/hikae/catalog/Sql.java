package org.hikae.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The SQL of the catalog, which lies in resources. */
final class Sql {

    private static final String COMMENT = "--";

    private Sql() {}

    /** A statement of {@code statements.sql}, which has a line {@code -- NAME} above each. */
    static String of(String name) {
        String statement = Statements.ALL.get(name);
        if (statement == null) {
            throw new IllegalArgumentException("there is no statement " + name);
        }
        return statement;
    }

    /** When the first one is needed: most platforms that run a single command need none. */
    private static final class Statements {

        static final Map<String, String> ALL = named(text("statements.sql"));
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
    static List<String> script(String text) {
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

    static String text(String resource) {
        try (InputStream in = Objects.requireNonNull(Sql.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
