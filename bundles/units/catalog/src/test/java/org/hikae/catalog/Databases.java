package org.hikae.catalog;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.h2.util.OsgiDataSourceFactory;
import org.hikae.sql.Database;
import org.hikae.sql.DatabaseFile;
import org.hikae.sql.Drivers;
import org.hikae.sql.Target;
import org.osgi.service.jdbc.DataSourceFactory;
import org.postgresql.osgi.PGDataSourceFactory;

/** Databases for tests. */
final class Databases {

    private Databases() {}

    static Drivers drivers() {
        Drivers drivers = new Drivers();
        drivers.bind(new OsgiDataSourceFactory(new org.h2.Driver()), name("org.h2.Driver"));
        drivers.bind(new PGDataSourceFactory(), name("org.postgresql.Driver"));
        return drivers;
    }

    static Map<String, String> name(String driver) {
        return Map.of(DataSourceFactory.OSGI_JDBC_DRIVER_CLASS, driver);
    }

    /** The file of a home. */
    static Target file(Path home) {
        return target(new DatabaseFile(home.resolve("catalog"), "catalog"), CatalogConfig.DRIVER, "", "");
    }

    /** In memory, with another dialect, lower case names, and a password. */
    static Target likePostgres() {
        String url = "jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1";
        return target(new DatabaseFile(Path.of("nowhere"), "catalog"), CatalogConfig.DRIVER, url, "secret");
    }

    static Target target(DatabaseFile file, String driver, String url, String password) {
        return new Target(driver, url, password.isEmpty() ? "" : "hikae", password, file, drivers());
    }

    static Database open(Target target) {
        return new Database(target, Sql.schema());
    }
}
