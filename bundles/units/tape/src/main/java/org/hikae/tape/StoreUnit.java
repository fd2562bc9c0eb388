package org.hikae.tape;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Progress;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.tier.BufferSpaces;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.api.media.tier.TierCopy;
import org.hikae.api.media.tier.TierReport;
import org.hikae.api.media.tier.TierSource;
import org.hikae.api.tape.BufferStatus;
import org.hikae.tape.recall.Recall;
import org.hikae.tape.store.TapeStore;
import org.hikae.tape.store.write.WriteLimits;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The service {@link SecondTier}: what is on cartridges, and who reads it. */
@Component(service = {StoreUnit.class, SecondTier.class})
public final class StoreUnit implements SecondTier {

    private final TapeStore store;
    private final Recall recall;

    @Activate
    public StoreUnit(@Reference MountsUnit mounts, @Reference BufferSpaces spaces, @Reference Jobs jobs) {
        store = new TapeStore(mounts.home(), mounts.mounts(), WriteLimits.USUAL, Clock.systemUTC());
        recall = new Recall(
                store, mounts.mounts(), spaces, jobs, mounts.settings().get());
    }

    public TapeStore store() {
        return store;
    }

    BufferControl buffer() {
        return new BufferControl() {
            @Override
            public void choose(String medium, long bytes) throws IOException {
                recall.buffer(medium, bytes);
            }

            @Override
            public BufferStatus status(Duration patience) {
                return recall.status(patience);
            }
        };
    }

    @Deactivate
    void deactivate() throws IOException {
        recall.close();
        store.close();
    }

    @Override
    public List<MediumObject> list(UUID medium, String prefix) throws IOException {
        return store.list(medium, prefix);
    }

    @Override
    public List<TierCopy> copies(UUID medium, String name) throws IOException {
        return store.tierCopies(medium, name);
    }

    @Override
    public ObjectReader open(UUID medium, String name) throws IOException {
        return recall.open(medium, name);
    }

    @Override
    public void forget(UUID medium, String name) throws IOException {
        store.forget(medium, name);
    }

    @Override
    public void begin(UUID medium) throws IOException {
        store.begin(medium);
    }

    @Override
    public Hold hold() {
        return store.hold();
    }

    @Override
    public boolean isComplete(UUID medium) throws IOException {
        return store.isComplete(medium);
    }

    @Override
    public TierReport copy(List<TierSource> sources, String pool, boolean again, Progress progress) throws IOException {
        return store.copy(sources, pool, again, progress);
    }

    @Override
    public List<String> prove(UUID medium, String name, Progress progress) throws IOException {
        return store.prove(medium, name, progress);
    }
}
