package org.hikae.catalog;

import java.nio.file.Path;
import org.hikae.sql.Target;
import org.junit.jupiter.api.io.TempDir;

/** The catalog in a file in the home. */
class BooksInHomeTest extends BooksContract {

    @TempDir
    Path home;

    @Override
    Target target() {
        return Databases.file(home);
    }
}
