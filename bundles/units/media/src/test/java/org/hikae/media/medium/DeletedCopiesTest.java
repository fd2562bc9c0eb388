package org.hikae.media.medium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.api.media.spi.MediumFullException;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.media.testing.MemoryDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of which a home knows again that has read the cartridges anew. */
class DeletedCopiesTest extends TieredRig {

    private static final String MANIFEST = "data@1/manifest-2";
    private static final String NOTE = "hikae-medium.deleted/" + MANIFEST;

    @BeforeEach
    void make() throws IOException {
        driver.objects.put(MANIFEST, bytes(1));
        used.copies().expect();
        far(MANIFEST, 1);
    }

    private void checkGone() throws IOException {
        assertThat(used.copies().of(MANIFEST)).isEmpty();
        assertThatThrownBy(() -> medium.open(MANIFEST)).isInstanceOf(NoSuchFileException.class);
        assertThat(medium.list("data@1/")).isEmpty();
        assertThat(tier.copies).isEmpty();
    }

    @Test
    void doNotComeBack() throws IOException {
        medium.delete(MANIFEST);
        checkGone();
        far(MANIFEST, 1);
        checkGone();
        restart();
        far(MANIFEST, 1);
        checkGone();
        assertThat(driver.objects).containsKey(NOTE);
    }

    @Test
    void alsoOfOneThatWasOnTapeAlone() throws IOException {
        driver.objects.remove(MANIFEST);
        medium.delete(MANIFEST);
        far(MANIFEST, 1);
        checkGone();
    }

    /** It is there, and can be deleted again. */
    @ParameterizedTest
    @ValueSource(strings = {"commit " + NOTE, "committed " + NOTE, "tier forget", "tier forgot", "delete " + MANIFEST})
    void thatWasNotDeletedAfterAll(String last) throws IOException {
        AtomicBoolean dead = new AtomicBoolean();
        MemoryDriver.Fault fault = what -> {
            if (dead.get() || what.startsWith(last)) {
                dead.set(true);
                throw new IOException("the process is dead");
            }
        };
        driver.fault = fault;
        tier.fault = fault;
        assertThatThrownBy(() -> medium.delete(MANIFEST)).hasMessageContaining("dead");
        restart();
        far(MANIFEST, 1);
        assertThat(medium.list("data@1/")).containsExactly(new MediumObject(MANIFEST, 3));
        assertThat(used.copies().of(MANIFEST)).hasSize(1);
        medium.delete(MANIFEST);
        far(MANIFEST, 1);
        checkGone();
    }

    /** Deleting is what makes room. */
    @Test
    void doNotComeBackOnAMediumThatWasFull() throws IOException {
        driver.fault = what -> {
            if (what.startsWith("create") && driver.objects.containsKey(MANIFEST)) {
                throw new MediumFullException("no space", null);
            }
        };
        medium.delete(MANIFEST);
        assertThat(driver.objects).containsKey(NOTE);
        far(MANIFEST, 1);
        checkGone();
    }

    @Test
    void areNotThoseOfOneThatIsGivenTheName() throws IOException {
        medium.delete(MANIFEST);
        far(MANIFEST, 1);
        try (ObjectWriter writer = medium.create(MANIFEST)) {
            writer.write(ByteBuffer.wrap(bytes(7)));
            writer.commit();
        }
        assertThat(tier.copies).isEmpty();
        assertThat(driver.objects).doesNotContainKey(NOTE);
        far(MANIFEST, 7);
        assertThat(used.copies().of(MANIFEST)).hasSize(1);
    }

    /** What never was anywhere, and what is no manifest, cannot make a generation. */
    @Test
    void areNotExpectedOfOthers() throws IOException {
        driver.objects.put(NAME, bytes(1));
        medium.delete(NAME);
        medium.delete("data@2/manifest");
        assertThat(driver.objects.keySet()).noneMatch(name -> name.startsWith("hikae-medium.deleted"));
    }
}
