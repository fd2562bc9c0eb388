package org.hikae.files.center.table;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.h2.util.OsgiDataSourceFactory;
import org.hikae.sql.DatabaseFile;
import org.hikae.sql.Drivers;
import org.hikae.sql.Target;
import org.osgi.service.jdbc.DataSourceFactory;

/** Databases in memory. */
public final class TestTables {

    private TestTables() {}

    /** Of one that is empty. */
    public static String url() {
        return url(UUID.randomUUID());
    }

    /** Of one that stays as long as this JVM. */
    public static String url(UUID id) {
        return "jdbc:h2:mem:" + id + ";DB_CLOSE_DELAY=-1;QUERY_CACHE_SIZE=128";
    }

    public static Tables open(String url) {
        Drivers drivers = new Drivers();
        drivers.bind(
                new OsgiDataSourceFactory(new org.h2.Driver()),
                Map.of(DataSourceFactory.OSGI_JDBC_DRIVER_CLASS, Target.H2));
        return new Tables(new Target(Target.H2, url, "", "", new DatabaseFile(Path.of("nowhere"), "files"), drivers));
    }
}
