package org.hikae.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.hikae.sql.DatabaseFile;
import org.hikae.sql.Target;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;

/** The catalog in a PostgreSQL, where the machine has one. */
@EnabledIf("org.hikae.catalog.PostgresServer#isInstalled")
class BooksInPostgresTest extends BooksContract {

    private static Path folder;
    private static PostgresServer server;

    private final String schema = "s" + UUID.randomUUID().toString().replace("-", "");
    private boolean made;

    @BeforeAll
    static void startServer() throws IOException, InterruptedException {
        folder = Files.createTempDirectory("hikae-postgres");
        server = new PostgresServer(folder);
    }

    @AfterAll
    static void stopServer() throws IOException, InterruptedException {
        if (server != null) {
            server.close();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    Target target() {
        Target target = target(server.url() + "&currentSchema=" + schema);
        if (!made) {
            make(target);
            made = true;
        }
        return target;
    }

    private static Target target(String url) {
        return Databases.target(new DatabaseFile(folder, "catalog"), "org.postgresql.Driver", url, "");
    }

    private void make(Target target) {
        try (Connection connection = target.connect();
                PreparedStatement statement = connection.prepareStatement("CREATE SCHEMA " + schema)) {
            statement.execute();
            connection.commit();
        } catch (IOException | SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    List<String> product() {
        return List.of("PostgreSQL ", "jdbc:postgresql://127.0.0.1:" + server.port + "/postgres");
    }
}
