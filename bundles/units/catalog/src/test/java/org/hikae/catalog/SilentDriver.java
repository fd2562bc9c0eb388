package org.hikae.catalog;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import org.osgi.service.jdbc.DataSourceFactory;

/** A driver of a database that never answers, until this is closed. */
final class SilentDriver implements AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);

    DataSourceFactory factory() {
        return service(DataSourceFactory.class, this::driver);
    }

    private Driver driver() {
        return service(Driver.class, this::connect);
    }

    private Connection connect() throws SQLException, InterruptedException {
        closed.await();
        throw new SQLException("gone");
    }

    /** What a method of such a service gives. */
    private interface Answer {
        Object give() throws Exception;
    }

    private static <T> T service(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> answer.give()));
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
