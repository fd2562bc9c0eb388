package org.hikae.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.NodeLog;
import org.hikae.api.log.Overload;
import org.junit.jupiter.api.Test;

/** One number per record, from the session's single counter. */
class R6Test {

    private static final BlockSet WANTED = BlockSet.range(0, 100);

    /** Whoever takes them: no number is handed out in advance, none twice, none left out. */
    @Test
    void allTakeTheirNumbersFromOneCounter() throws Exception {
        Session session = new FakeStrategy().begin(WANTED, Overload.FAIL_BACKUP);
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            Callable<List<Long>> node = () -> {
                List<Long> numbers = new ArrayList<>();
                for (int i = 0; i < 1000; i++) {
                    numbers.add(session.nextNumber());
                }
                return numbers;
            };
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> numbers : nodes.invokeAll(List.of(node, node, node, node))) {
                assertThat(numbers.get()).isSorted();
                all.addAll(numbers.get());
            }
            assertThat(all)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, 4000).boxed().toList());
        } finally {
            nodes.shutdownNow();
        }
    }

    /** To ask what is missing takes none: the image was not read yet. */
    @Test
    void aNumberIsNotTakenBeforeTheImageWasRead() throws IOException {
        Session session = new FakeStrategy().begin(WANTED, Overload.FAIL_BACKUP);
        NodeLog log = session.join(FakeStrategy.node("n1", 1));
        log.missing(new BlockRun(0, 10));
        log.append(List.of(new BlockRun(0, 1)), ByteBuffer.allocate(FakeStrategy.BLOCK));
        assertThat(session.nextNumber())
                .as("this gathering takes no numbers, and nobody else does")
                .isEqualTo(1);
    }

    @Test
    void twoSessionsCountApart() throws IOException {
        Session one = new FakeStrategy().begin(WANTED, Overload.FAIL_BACKUP);
        Session other = new FakeStrategy().begin(WANTED, Overload.FAIL_BACKUP);
        assertThat(one.nextNumber()).isEqualTo(1);
        assertThat(one.nextNumber()).isEqualTo(2);
        assertThat(other.nextNumber()).isEqualTo(1);
    }
}
