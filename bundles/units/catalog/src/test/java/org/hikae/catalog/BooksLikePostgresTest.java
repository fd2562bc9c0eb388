package org.hikae.catalog;

import org.hikae.sql.Target;

/** The catalog in a database with another dialect. */
class BooksLikePostgresTest extends BooksContract {

    private final Target target = Databases.likePostgres();

    @Override
    Target target() {
        return target;
    }
}
