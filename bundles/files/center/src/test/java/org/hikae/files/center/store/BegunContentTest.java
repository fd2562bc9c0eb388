package org.hikae.files.center.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunReader;
import org.junit.jupiter.api.Test;

/** What whoever asks has of a content already does not come again, and is not read again. */
class BegunContentTest extends StoreFixture {

    private static final int MIB = 1 << 20;

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(3).nextBytes(bytes);
        return bytes;
    }

    @Test
    void itGoesOnWithThePieceThatIsWanted() throws IOException {
        byte[] content = noise(12 * MIB + 5);
        TestRun run = TestRun.make("a", "docs", 1, 0)
                .file("/d/before", 0644, SMALL)
                .file("/d/big", 0600, content)
                .file("/d/behind", 0644, SMALL)
                .end();
        // Each frame is a part, or two are.
        for (int i = 1; !rig.send(run, i % 3 == 0 ? 2 : 1).complete(); i++) {
            assertThat(i).isLessThan(100);
        }
        List<String> ids = rig.versions(NOW, 10).stream()
                .filter(each -> !each.version().path().toString().endsWith("before"))
                .map(Version::id)
                .toList();
        long seed = Long.getLong("hikae.seed", System.nanoTime());
        Random random = new Random(seed);
        List<Long> begun = new ArrayList<>(List.of(0L, 1L, (long) content.length - 1, (long) content.length));
        for (int i = 0; i < 30; i++) {
            begun.add((long) random.nextInt(content.length));
        }
        for (long from : begun) {
            check(content, ids, from, seed);
        }
    }

    private void check(byte[] content, List<String> ids, long from, long seed) throws IOException {
        List<RunItem> big = new ArrayList<>();
        List<RunItem> behind = new ArrayList<>();
        int big0 = ids.get(0).equals(id("/d/big")) ? 0 : 1;
        try (RunReader reader =
                new RunReader(rig.store.content("a", List.of(ids.get(big0), ids.get(1 - big0)), 0, from))) {
            List<RunItem> into = big;
            for (RunItem item = reader.next(); item != null; item = reader.next()) {
                if (item instanceof RunItem.FileItem file
                        && file.path().toString().endsWith("behind")) {
                    into = behind;
                } else if (item instanceof RunItem.Data data) {
                    into.add(data);
                    assertThat(data.bytes())
                            .isEqualTo(ByteBuffer.wrap(
                                    into == big ? content : SMALL,
                                    (int) data.offset(),
                                    data.bytes().remaining()));
                }
            }
        }
        String about = from + ", -Dhikae.seed=" + seed;
        long first = big.isEmpty() ? content.length : ((RunItem.Data) big.get(0)).offset();
        assertThat(first).as(about).isLessThanOrEqualTo(from).isGreaterThan(from - MIB - 1);
        assertThat(behind).as(about).hasSize(1);
    }

    private String id(String path) throws IOException {
        return rig.versions(NOW, 10).stream()
                .filter(each -> each.version().path().toString().equals(path))
                .findFirst()
                .orElseThrow()
                .id();
    }

    /** Nothing of it is opened but what is looked into for the place. */
    @Test
    void whatLiesBeforeIsNotRead() throws IOException {
        byte[] content = noise(40 * MIB);
        TestRun run =
                TestRun.make("a", "docs", 1, 0).file("/big", 0600, content).end();
        while (!rig.send(run, 1).complete()) {
            assertThat(rig.medium()).isNotNull();
        }
        List<String> ids = rig.versions(NOW, 10).stream().map(Version::id).toList();
        // The file's own head, 6 parts looked into, and the last two.
        rig.medium().opens = 10;
        try (RunReader reader = new RunReader(rig.store.content("a", ids, 0, content.length - 10))) {
            RunItem last = null;
            for (RunItem item = reader.next(); item != null; item = reader.next()) {
                last = item;
            }
            assertThat(last).isInstanceOf(RunItem.End.class);
        }
        rig.medium().opens = Long.MAX_VALUE;
    }
}
