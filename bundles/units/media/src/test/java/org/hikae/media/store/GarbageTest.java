package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.Seal;
import org.hikae.media.medium.TestMedia;
import org.junit.jupiter.api.Test;

/** R19: whose a medium is, and what on it is nobody's. */
class GarbageTest extends StoreTestBase {

    /** R19: run B cleans up while run A has not sealed yet. */
    @Test
    void objectsOfALiveRunAreNone() throws IOException {
        try (GenerationWriter a = store.create(backup.request("m"))) {
            backup.write(a, all, null, true);
            assertThat(m.objects.keySet()).anyMatch(name -> name.startsWith("data@1/data"));
            make();
            store.survey().generations();
            a.seal(Seal.full(all, null, Instant.EPOCH, 0));
        }
        checkContent("data@1");
        checkContent("data@2");
    }

    /** The unit restarts, as with another configuration: what comes after it knows nothing of the run. */
    @Test
    void aRunEndsWithItsUnit() throws IOException {
        GenerationWriter a = store.create(backup.request("m"));
        backup.write(a, all, null, true);
        store.close();
        try (GenerationStore next = new GenerationStore(media, home, 1)) {
            assertThat(next.survey().generations()).isEmpty();
            assertThat(m.objects).containsOnlyKeys("hikae-medium");
            assertThatThrownBy(() -> a.seal(Seal.full(all, null, Instant.EPOCH, 0)))
                    .hasMessageContaining("media control was stopped");
            assertThatThrownBy(a::openBlocks).hasMessageContaining("media control was stopped");
            a.close();
            assertThatThrownBy(a::openBlocks).hasMessageContaining("was dropped");
            assertThat(next.survey().generations()).isEmpty();
            media.handle("m").endUses();
        }
    }

    @Test
    void objectsOfADeadRunAre() throws IOException {
        m.objects.put("data@7/data.00.0000", new byte[10]);
        m.objects.put("data@7/image", new byte[10]);
        m.objects.put("data@7/index", new byte[10]);
        m.objects.put("data@7/mine", new byte[10]);
        m.objects.put("else/where", new byte[10]);
        store.survey().generations();
        assertThat(m.objects).containsOnlyKeys("hikae-medium", "data@7/mine", "else/where");
        assertThat(make().id()).isEqualTo("data@8");
    }

    @Test
    void aLogWhoseGenerationCannotBeSeenIsKept() throws IOException {
        backup.make(store, "m", all, "logs", false);
        int objects = logs.objects.size();
        media.stop("m");
        backup.make(store, "logs", all, null, true);
        media.add("m", m, "");
        store.remove("data@2");
        assertThat(logs.objects).hasSize(objects);
        checkContent("data@1");
    }

    @Test
    void aMediumTakenOverIsNotUsedAnyMore() throws IOException {
        make();
        GenerationWriter writer = store.create(backup.request("m"));
        backup.write(writer, all, null, null);
        TestMedia.takeOver(m, new UUID(2, 2));
        String told = "medium 'm' belongs to another home";
        assertThatThrownBy(() -> writer.seal(Seal.full(all, null, Instant.EPOCH, 0)))
                .hasMessageContaining(told);
        writer.close();
        assertThatThrownBy(() -> make()).hasMessageContaining(told);
        assertThatThrownBy(() -> store.remove("data@1")).hasMessageContaining("no generation 'data@1'");
        assertThat(m.objects).containsKey("data@1/manifest");
    }

    @Test
    void anEmptyFolderInItsPlaceIsNotTheMedium() throws IOException {
        make();
        m.objects.clear();
        assertThatThrownBy(() -> make()).hasMessageContaining("is empty");
        assertThat(m.objects).isEmpty();
    }
}
