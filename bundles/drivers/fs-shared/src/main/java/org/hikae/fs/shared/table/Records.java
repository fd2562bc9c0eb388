package org.hikae.fs.shared.table;

import java.io.IOException;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fs.shared.store.Table;
import org.hikae.fs.shared.store.View;

/** Shows the records of a table. */
final class Records {

    private Records() {}

    /** Makes a record of a key and its value, or refuses them. */
    @FunctionalInterface
    interface Decoder<T> {
        T decode(byte[] key, byte[] value) throws FileSystemRefusedException;
    }

    static <T> void scan(View view, Table table, byte[] from, Decoder<T> decoder, RecordVisitor<? super T> visitor)
            throws IOException {
        view.scan(table, from, (key, value) -> {
            T decoded;
            try {
                decoded = decoder.decode(key, value);
            } catch (FileSystemRefusedException e) {
                visitor.damaged(e);
                return true;
            }
            return visitor.visit(decoded);
        });
    }
}
