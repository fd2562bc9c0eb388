package org.hikae.node.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailuresTest {

    /** Between finding its name and using it, another node may have deleted it. */
    @Test
    void aFileThatIsGoneIsToldAsOneThatIsNotThere() {
        NodePath path = (NodePath) Nodes.of(new MemoryFiles()).getPath("/a");
        IOException told = Failures.at(path, null, new NoSuchFileException("inode 7", null, "it is gone"));
        assertThat(told).isInstanceOf(NoSuchFileException.class).hasMessage("/a: it is gone");
    }
}
