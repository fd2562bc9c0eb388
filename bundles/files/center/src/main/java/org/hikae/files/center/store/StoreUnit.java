package org.hikae.files.center.store;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.hikae.api.catalog.Rebuilder;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.relay.Received;
import org.hikae.api.job.Progress;
import org.hikae.api.media.Media;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.media.ObjectAreas;
import org.hikae.files.center.table.TablesUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The store of this platform, for the center itself, for relays and for the catalog. */
@Component(service = {StoreUnit.class, Received.class, Rebuilder.class})
public final class StoreUnit implements Received, Rebuilder {

    private final Store store;

    @Activate
    public StoreUnit(@Reference ObjectAreas areas, @Reference Media media, @Reference TablesUnit tables) {
        store = new Store(areas, tables.tables(), () -> names(media), InstantSource.system(), ZoneId.systemDefault());
    }

    private static List<String> names(Media media) throws IOException {
        try {
            return media.list().stream().map(MediumStatus::name).toList();
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Deactivate
    void deactivate() throws IOException {
        store.close();
    }

    public CenterStore store() {
        return store;
    }

    @Override
    public List<RunInfo> runs() throws IOException {
        return store.runs();
    }

    @Override
    public ReadableByteChannel frames(RunId run, long from) throws IOException {
        return store.frames(run, from);
    }

    @Override
    public void release(RunId run) throws IOException {
        store.release(run);
    }

    @Override
    public void askForFull(String origin, String backup, long above) throws IOException {
        store.askForFull(origin, backup, above);
    }

    @Override
    public AutoCloseable onReceived(Runnable listener) {
        return store.onReceived(listener);
    }

    @Override
    public Map<String, Object> rebuild(Progress progress) throws IOException {
        return store.rebuild(progress);
    }

    @Override
    public Map<String, Object> complete(Progress progress) throws IOException {
        return store.complete(progress);
    }
}
