package org.hikae.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {

    @TempDir
    Path folder;

    @Test
    void replacesAFileAndItsLeftovers() throws IOException {
        Path file = folder.resolve("counter");
        Files.writeString(folder.resolve(".counter.next"), "left by a crash, and longer");
        DurableFiles.replace(file, "1".getBytes());
        DurableFiles.replace(file, "22".getBytes());
        assertThat(file).hasContent("22");
        assertThat(folder.resolve(".counter.next")).doesNotExist();
    }

    @Test
    void aFileThatIsNamedLikeTheNextOneOfAnotherIsLeftAlone() throws IOException {
        Path other = folder.resolve("counter.next");
        DurableFiles.replace(other, "5".getBytes());
        DurableFiles.replace(folder.resolve("counter"), "1".getBytes());
        assertThat(other).hasContent("5");
    }

    @Test
    void createsFoldersOnce() throws IOException {
        Path deep = folder.resolve("a/b/c");
        DurableFiles.createFolders(deep);
        DurableFiles.createFolders(deep);
        assertThat(deep).isDirectory();
        Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> DurableFiles.createFolders(folder.resolve("file")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void poolGivesAlignedBuffersAgain() {
        BufferPool pool = new BufferPool(10_000, 1);
        ByteBuffer first = pool.take();
        assertThat(first.alignmentOffset(0, Buffers.ALIGNMENT)).isZero();
        first.position(7);
        pool.give(first);
        assertThat(pool.take()).isSameAs(first).extracting(ByteBuffer::position).isEqualTo(0);
        assertThat(pool.take()).isNotSameAs(first);
        assertThatThrownBy(() -> pool.give(ByteBuffer.allocate(3))).isInstanceOf(IllegalArgumentException.class);
    }
}
