package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A log of three parts, of two frames each and some 250 bytes, with records large and small, zeros, and the short last block. */
final class ThreePartLog {

    static final int BLOCK = 4096;
    static final int RECORDS = 8;

    final byte[] expected = new byte[46 * BLOCK + 99];
    final byte[] fuzzy = new byte[expected.length];
    final List<Path> log;

    /** @param mark makes it differ from others */
    ThreePartLog(Path folder, String name, int mark) throws IOException {
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (byte) (1 + mark + i / BLOCK);
            fuzzy[i] = (byte) 0xee;
        }
        Arrays.fill(expected, 20 * BLOCK, 23 * BLOCK, (byte) 0);
        Arrays.fill(expected, 10 * BLOCK, 16 * BLOCK, (byte) 0xee);
        ReplayedLog logs = new ReplayedLog(folder, expected.length, BLOCK);
        log = logs.make(name, 260, sink -> {
            logs.put(sink, 1, 0, 4, expected);
            logs.put(sink, 3, 18, 8, expected);
            logs.put(sink, 4, 4, 6, expected);
            logs.put(sink, 7, 16, 2, expected);
            logs.put(sink, 8, 26, 4, expected);
            logs.put(sink, 9, 30, 1, expected);
            logs.put(sink, 12, 39, 8, expected);
            logs.put(sink, 13, 31, 8, expected);
        });
        assertThat(log).hasSize(3);
    }
}
