package org.hikae.files.center;

import jakarta.servlet.Servlet;
import java.io.Closeable;
import java.io.IOException;
import org.hikae.files.center.authority.ListenAddress;
import org.hikae.files.center.authority.ServerKeys;

/** What listens for the center. */
interface Listener extends Closeable {

    /** Listens no more. Idempotent. */
    @Override
    void close();

    /** Makes a listener. */
    @FunctionalInterface
    interface Factory {

        /** @throws IOException if it cannot listen there */
        Listener listen(ListenAddress listen, ServerKeys keys, Servlet servlet) throws IOException;
    }
}
