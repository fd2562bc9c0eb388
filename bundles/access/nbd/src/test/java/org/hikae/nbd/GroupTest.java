package org.hikae.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.nbd.ClientBytes.CACHE;
import static org.hikae.nbd.ClientBytes.READ;
import static org.hikae.nbd.ClientBytes.STATUS;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** R2 (b.6): what is not in the generation of a group is an I/O error to a client, and never zeros or a hole. */
class GroupTest {

    private static final int EIO = 5;
    private static final int SIZE = 4 << 20;
    private static final int BLOCK = MemoryDevice.BLOCK;
    /** 1 MiB and 1.5 MiB, with a block between that is not in the group. */
    private static final BlockSet SET = BlockSet.of(new BlockRun(0, 2048), new BlockRun(2049, 3072));

    private final GroupDevice device = new GroupDevice(SIZE, SET);
    private final ClientBytes client = new ClientBytes();

    @BeforeEach
    void fill() {
        new Random(1).nextBytes(device.content);
        Arrays.fill(device.allocated, 0, 1000, true);
        Arrays.fill(device.allocated, 1200, device.allocated.length, true);
        Arrays.fill(device.content, 1000 * BLOCK, 1200 * BLOCK, (byte) 0);
    }

    private ServerBytes run(boolean structured) {
        return new ServerBytes(Sessions.run(device, structured, structured, client.bytes()));
    }

    private byte[] content(int from, int to) {
        return Arrays.copyOfRange(device.content, from, to);
    }

    @Test
    void r2SimpleReadsFailAndTheSessionGoesOn() {
        int outside = 2048 * BLOCK;
        client.request(0, READ, 1, outside, 1)
                .request(0, READ, 2, outside - 100, 100)
                .request(0, READ, 3, outside - 100, 101)
                .request(0, READ, 4, 0, SIZE)
                .request(0, READ, 5, outside + BLOCK, 1_500_000)
                .request(0, READ, 6, 0, 2 << 20)
                .request(0, CACHE, 7, outside, 1)
                .request(0, READ, 8, 0, 7);
        ServerBytes server = run(false);
        assertThat(server.answer(0).code()).isEqualTo(EIO);
        assertThat(server.answer(100).data()).isEqualTo(content(outside - 100, outside));
        assertThat(server.answer(0).code()).isEqualTo(EIO);
        assertThat(server.answer(0).code()).isEqualTo(EIO);
        assertThat(server.answer(1_500_000).data()).isEqualTo(content(outside + BLOCK, outside + BLOCK + 1_500_000));
        assertThat(server.answer(0).code()).isEqualTo(EIO);
        assertThat(server.answer(0).code()).isEqualTo(EIO);
        assertThat(server.answer(7).data()).isEqualTo(content(0, 7));
        assertThat(server.isAtEnd()).isTrue();
    }

    @Test
    void r2StructuredReadsEndWithAnErrorThatNamesTheGroup() {
        client.request(0, READ, 9, 0, SIZE).request(0, READ, 10, 2048 * BLOCK, BLOCK);
        List<ServerBytes.Answer> answers = run(true).answers();
        assertThat(answers).filteredOn(ServerBytes.Answer::last).hasSize(2).allSatisfy(answer -> {
            assertThat(answer.type()).isEqualTo(ServerBytes.ERROR);
            assertThat(answer.code()).isEqualTo(EIO);
            assertThat(new String(answer.data(), 6, answer.data().length - 6, StandardCharsets.UTF_8))
                    .isEqualTo("block 2048 is no part of group g in generation data@1");
        });
        assertThat(answers)
                .filteredOn(answer -> answer.type() == ServerBytes.HOLE)
                .allMatch(answer -> answer.buffer().getLong() == 1000L * BLOCK);
    }

    /** Where the group has zeros there is a hole; where it has nothing there is none. */
    @Test
    void r2BlockStatusCallsNothingOutsideAHole() {
        client.request(0, STATUS, 7, 0, SIZE);
        var status = run(true).answers().get(0).buffer();
        status.getInt();
        long at = 0;
        while (status.hasRemaining()) {
            int length = status.getInt();
            boolean hole = status.getInt() != 0;
            assertThat(hole).isEqualTo(at == 1000L * BLOCK);
            assertThat(!hole || length == 200 * BLOCK).isTrue();
            at += length;
        }
        assertThat(at).isEqualTo(SIZE);
    }
}
