package org.hikae.node.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.hikae.api.cache.PageRange;
import org.hikae.node.testing.TestDevice;
import org.hikae.node.testing.TestFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetadataTest {

    private static final int PAGE = 4096;

    private final TestDevice device = new TestDevice(1 << 20, 512);
    private final TestFiles files = new TestFiles(100, 512);
    private final long inode = files.create();
    private final Counters counters = new Counters();
    private final OpenVolume volume = new OpenVolume(
            new LoneNode(),
            new PageCache("n1", PageCache.SMALLEST, System::nanoTime, counters),
            counters,
            files.asFileSystem(),
            device,
            1,
            Clock.systemUTC());
    private final Metadata metadata = new Metadata(volume, inode);

    @BeforeEach
    void load() throws IOException {
        metadata.load();
    }

    /** Whoever writes out in the background looks at the size first, and tells it later. */
    @Test
    void aSizeFromBeforeTheFileWasCutIsNotTold() throws IOException {
        metadata.written(9000);
        long before = metadata.size();
        metadata.resize(50);
        metadata.push(before);
        assertThat(files.size(inode)).isEqualTo(50);
        assertThat(metadata.isPushed(before)).isTrue();
    }

    @Test
    void r17_noSizeIsToldBeforeTheZerosAtTheOldEndAreOnTheDisk() throws IOException {
        metadata.resize(50);
        metadata.watch(page -> page == 0);
        metadata.written(9000);
        metadata.map(List.of(), new PageRange(2, 3), false);
        metadata.push(9000);
        assertThat(files.size(inode)).isEqualTo(50);
        assertThat(metadata.dirtyEnd(9000)).isZero();
        assertThat(metadata.isPushed(9000)).isFalse();
        metadata.map(List.of(), new PageRange(0, 1), false);
        assertThat(files.size(inode)).isEqualTo(PAGE);
        metadata.push(9000);
        assertThat(files.size(inode)).isEqualTo(9000);
    }
}
