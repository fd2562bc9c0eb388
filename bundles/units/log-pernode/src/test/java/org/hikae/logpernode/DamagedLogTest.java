package org.hikae.logpernode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.hikae.api.log.spi.LogGathering;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever becomes of a temporary log fails the backup, or is not needed. */
@Timeout(60)
class DamagedLogTest extends WithGathering {

    private LogGathering.Gatherer gatherer;
    private Path list;
    private Path data;

    /** Three records, of which the second is not needed. */
    private void logged() throws IOException {
        gatherer = gathering.open(session, kept);
        LogGathering.NodeRecords one = gatherer.join(node("n1", 1));
        LogGathering.NodeRecords two = gatherer.join(node("n2", 1));
        append(two, 50, 4, 1);
        append(one, 10, 2, 2);
        append(one, 50, 4, 3);
        append(one, 90, 4, 4);
        one.close();
        two.close();
        data = files("n1").get(0);
        list = files("n1").get(1);
        assertThat(list.toString()).endsWith(".list");
    }

    private void assertRefused(String why) {
        assertThatThrownBy(gatherer::complete).hasMessageContaining(why);
        assertThat(kept.images.values()).isSubsetOf(1, 2, 4);
        gatherer.close();
    }

    private void flip(Path file, long at, int bit) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            int was = open.read();
            open.seek(at);
            open.write(was ^ 1 << bit);
        }
    }

    @Test
    void everyBitOfTheListCounts() throws IOException {
        Random random = new Random(1);
        for (int at = 0; at < 3 * ListEntry.BYTES; at++) {
            logged();
            flip(list, FileHeader.BYTES + at, random.nextInt(8));
            kept.images.clear();
            kept.lastNumber = 0;
            assertRefused("is damaged");
        }
    }

    @Test
    void everyByteOfTheHeadersCounts() throws IOException {
        for (int at : new int[] {0, 8, 12, 16, 31, 32, 36, 44, 46, 60, 4095}) {
            logged();
            flip(at % 2 == 0 ? list : data, at, 3);
            assertRefused("header is damaged");
        }
    }

    @Test
    void aBitOfDataThatIsNeeded() throws IOException {
        logged();
        flip(data, FileHeader.BYTES + 6 * Kept.BLOCK + 100, 7);
        assertRefused("the data of record 4 have a wrong checksum");
    }

    @Test
    void aBitOfDataThatNobodyNeeds() throws IOException {
        logged();
        flip(data, FileHeader.BYTES + 3 * Kept.BLOCK, 0);
        gatherer.complete();
        gatherer.close();
        assertThat(kept.images.values()).containsOnly(1, 2, 4);
    }

    @Test
    void aTornTail() throws IOException {
        for (int torn : new int[] {1, ListEntry.BYTES, 4096}) {
            logged();
            cut(list, torn);
            assertRefused("is damaged");
            logged();
            cut(data, torn);
            assertRefused("is damaged");
        }
    }

    private void cut(Path file, int bytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(Math.max(0, open.length() - bytes));
        }
    }

    /** An entry that is right in itself, and not where it belongs. */
    @Test
    void anEntryTwice() throws IOException {
        logged();
        byte[] bytes = Files.readAllBytes(list);
        System.arraycopy(bytes, FileHeader.BYTES, bytes, FileHeader.BYTES + ListEntry.BYTES, ListEntry.BYTES);
        Files.write(list, bytes);
        assertRefused("comes after record");
    }

    @Test
    void anotherLogsFile() throws IOException {
        logged();
        Path other = files("n2").get(0);
        Files.write(data, Files.readAllBytes(other));
        assertRefused("is damaged");
    }

    @Test
    void aMissingFile() throws IOException {
        logged();
        Files.delete(list);
        assertRefused("cannot be read: " + list + ": no such file or folder");
        logged();
        Files.delete(data);
        assertRefused("cannot be read");
    }
}
