package org.hikae.media.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GenerationIdTest {

    private static final GenerationId ID = new GenerationId("data", 7);
    private static final UUID MEDIUM = new UUID(1, 2);

    @Test
    void namesOfWhatABackupSeals() {
        assertThat(ID.manifest()).isEqualTo(ID.manifest(0)).isEqualTo("data@7/manifest");
        assertThat(ID.index()).isEqualTo(ID.index(0)).isEqualTo("data@7/index");
        assertThat(ID.data(3, 12)).isEqualTo(ID.data(0, 3, 12)).isEqualTo("data@7/data.03.0012");
    }

    @Test
    void namesOfWhatAMergeMakes() {
        assertThat(ID.manifest(2)).isEqualTo("data@7/manifest-2");
        assertThat(ID.index(2)).isEqualTo("data@7/index-2");
        assertThat(ID.data(2, 0, 0)).isEqualTo("data@7/data-2.00.0000");
        for (String name : new String[] {ID.index(2), ID.data(12, 0, 0), ID.index(), ID.data(0, 0), ID.image()}) {
            assertThat(ID.needsManifestBeside(name)).as(name).isTrue();
            assertThat(ID.revisionOfManifest(name)).as(name).isEmpty();
        }
    }

    @Test
    void aManifestSaysItsRevision() {
        assertThat(ID.revisionOfManifest("data@7/manifest")).isEqualTo(OptionalInt.of(0));
        assertThat(ID.revisionOfManifest("data@7/manifest-31")).isEqualTo(OptionalInt.of(31));
        for (String other : new String[] {
            "data@7/manifest-0",
            "data@7/manifest-01",
            "data@7/manifest-",
            "data@8/manifest",
            "data@7/manifest-1234567890"
        }) {
            assertThat(ID.revisionOfManifest(other)).as(other).isEmpty();
        }
    }

    @Test
    void framesSayWhoseTheyAre() {
        for (String name : new String[] {ID.data(0, 0), ID.data(3, 0, 0), ID.log(0, null)}) {
            assertThat(GenerationId.ofFrames(name)).as(name).contains(ID);
        }
        for (String name : new String[] {ID.index(), ID.index(1), ID.image(), ID.manifest(), ID.log(0, MEDIUM)}) {
            assertThat(GenerationId.ofFrames(name)).as(name).isEmpty();
        }
    }
}
