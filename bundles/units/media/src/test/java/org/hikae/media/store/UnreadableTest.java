package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.VerifyReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A medium that is there, and of which one manifest cannot be read: bad sectors, say. */
class UnreadableTest extends StoreTestBase {

    @BeforeEach
    void makeTwo() throws IOException {
        backup.make(store, "m", all, null, null);
        Arrays.fill(backup.image, 0, 4096, (byte) 7);
        backup.makeUpon(store, "m", "data@1", all, BlockSet.range(0, 1));
        // As after a restart: nothing is known of the medium.
        store.close();
        store = new GenerationStore(media, home, 1);
    }

    private void breakManifestOf(String id) {
        m.fault = what -> {
            if (what.equals("read " + id + "/manifest")) {
                throw new IOException("Input/output error");
            }
        };
    }

    @Test
    void theOthersAreListedAndItIsNamed() throws IOException {
        breakManifestOf("data@2");
        assertThat(store.survey().unread()).isEmpty();
        assertThat(store.survey().generations()).extracting(GenerationInfo::id).containsExactly("data@1", "data@2");
        assertThat(store.get("data@1").problem()).isNull();
        assertThat(store.get("data@2").problem())
                .isEqualTo("the manifest of data@2 cannot be read: Input/output error");
        assertThatThrownBy(() -> store.open("data@2")).hasMessageContaining("the manifest of data@2 cannot be read");
        VerifyReport report = store.verify("data@2", Progress.NONE);
        assertThat(report.damages()).containsExactly("the manifest of data@2 cannot be read: Input/output error");
        assertThat(report.affected()).isEqualTo(all);
        m.fault = what -> {};
        checkContent("data@2");
    }

    @Test
    void itCanBeRemoved() throws IOException {
        breakManifestOf("data@2");
        store.remove("data@2");
        assertThat(store.survey().generations()).extracting(GenerationInfo::id).containsExactly("data@1");
        store.remove("data@1");
        assertThat(m.objects).containsOnlyKeys("hikae-medium");
    }

    /** It may be read again tomorrow; or by a newer version, which wrote it. */
    @Test
    void whatItBuildsUponStays() throws IOException {
        breakManifestOf("data@2");
        assertThatThrownBy(() -> store.remove("data@1"))
                .hasMessageEndingWith("data@2 on medium 'm', whose manifest cannot be read");
        m.fault = what -> {};
        checkContent("data@2");
    }

    @Test
    void whatBuildsUponItSaysSo() throws IOException {
        breakManifestOf("data@1");
        assertThat(store.get("data@2").problem())
                .endsWith("on medium 'm', the manifest of data@1 cannot be read: Input/output error");
    }

    @Test
    void aMediumThatFailsAltogetherIsNotTakenForADamagedGeneration() throws IOException {
        m.fault = what -> {
            if (what.startsWith("read ")) {
                throw new IOException("Input/output error");
            }
        };
        assertThat(store.survey().generations()).isEmpty();
        assertThat(store.survey().unread()).hasSize(1);
    }
}
