package org.hikae.fs.shared.table;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fs.shared.store.Changes;
import org.hikae.fs.shared.store.Table;
import org.hikae.fs.shared.store.View;

/**
 * What is counted.
 *
 * @param next the smallest number that no inode has had yet
 * @param files number of inodes
 * @param directories number of directories among them
 */
public record Counts(long next, long files, long directories) {

    private static final byte[] KEY = "counts".getBytes(StandardCharsets.US_ASCII);
    private static final String STRUCTURE = "counts of files";

    public static Counts of(View view) throws IOException {
        byte[] value = view.get(Table.SETTINGS, KEY);
        if (value == null) {
            throw new FileSystemRefusedException(STRUCTURE, -1, "they are not there");
        }
        long[] numbers = Numbers.decode(value, 3, STRUCTURE);
        if (numbers[0] < 1 || numbers[1] < 0 || numbers[2] < 0) {
            throw new FileSystemRefusedException(STRUCTURE, -1, "one of them is negative");
        }
        return new Counts(numbers[0], numbers[1], numbers[2]);
    }

    public void put(Changes changes) throws IOException {
        changes.put(Table.SETTINGS, KEY, Numbers.encode(next, files, directories));
    }

    /** After a file was made, with the number {@link #next}. */
    public Counts made(boolean directory) {
        return new Counts(next + 1, files + 1, directories + (directory ? 1 : 0));
    }

    /** After a file was removed. */
    public Counts removed(boolean directory) {
        return new Counts(next, files - 1, directories - (directory ? 1 : 0));
    }
}
