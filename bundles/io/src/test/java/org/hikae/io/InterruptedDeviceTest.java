package org.hikae.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thread's interrupt is its own: the device goes on for all. */
class InterruptedDeviceTest {

    private static final int SIZE = 1 << 20;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void makeFile() throws Exception {
        file = Files.write(folder.resolve("file"), new byte[SIZE]);
    }

    @ParameterizedTest
    @EnumSource(FileDevice.Mode.class)
    void whoIsInterruptedReadsAndStaysSo(FileDevice.Mode mode) throws Exception {
        try (FileDevice device = FileDevice.open(file, 4096, mode)) {
            ByteBuffer buffer = ByteBuffer.allocate(70_000);
            Thread.currentThread().interrupt();
            device.read(buffer, 5000);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(buffer.remaining()).isZero();
            device.read(buffer.clear(), 0);
        }
    }

    @Test
    void whoIsInterruptedWritesAndForces() throws Exception {
        try (FileDevice device = FileDevice.open(file, 4096, FileDevice.Mode.READ_WRITE)) {
            Thread.currentThread().interrupt();
            device.write(ByteBuffer.wrap("written".getBytes()), 4094);
            device.zero(8192, 100);
            device.force();
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(Files.readString(file).substring(4094, 4101)).isEqualTo("written");
    }

    /** Interrupts that hit a thread in the midst of its work close the channel that all others are using. */
    @Test
    void othersGoOn() throws Exception {
        try (FileDevice device = FileDevice.open(file, 4096, FileDevice.Mode.READ_WRITE)) {
            FutureTask<Integer> victim = new FutureTask<>(() -> work(device, 0));
            FutureTask<Integer> other = new FutureTask<>(() -> work(device, SIZE / 2));
            Thread interrupted = new Thread(victim);
            interrupted.start();
            new Thread(other).start();
            while (!victim.isDone() || !other.isDone()) {
                interrupted.interrupt();
                Thread.onSpinWait();
            }
            assertThat(victim.get() + other.get()).isEqualTo(2000);
        }
    }

    private static int work(FileDevice device, long offset) throws Exception {
        int right = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] written = ("number " + i).getBytes();
            device.write(ByteBuffer.wrap(written), offset + i);
            byte[] read = new byte[written.length];
            device.read(ByteBuffer.wrap(read), offset + i);
            right += java.util.Arrays.equals(read, written) ? 1 : 0;
        }
        return right;
    }

    @Test
    void closedIsClosed() throws Exception {
        FileDevice device = FileDevice.open(file, 4096, FileDevice.Mode.READ_WRITE);
        device.close();
        assertThatThrownBy(() -> device.read(ByteBuffer.allocate(1), 0)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(device::force).isInstanceOf(ClosedChannelException.class);
    }
}
