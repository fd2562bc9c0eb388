package org.hikae.files.center;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.center.CollectionRequest;
import org.hikae.api.files.center.Files;
import org.hikae.api.files.center.Transfer;
import org.hikae.api.fs.FileName;
import org.hikae.api.job.Reason;
import org.hikae.files.center.collect.RequestList;
import org.hikae.files.center.store.CenterStore;
import org.hikae.files.center.store.Version;

/** What a center knows, row by row: there may be millions, and no more than a page is held. Thread-safe. */
final class CenterLists {

    private static final int PAGE = 1000;

    private final CenterHome home;
    private final CenterStore store;
    private final CenterSettings settings;
    private final boolean lasting;
    private final Supplier<RunningCenter> running;

    /** @param running gives null where nothing listens */
    CenterLists(
            CenterHome home,
            CenterStore store,
            CenterSettings settings,
            boolean lasting,
            Supplier<RunningCenter> running) {
        this.home = home;
        this.store = store;
        this.settings = settings;
        this.lasting = lasting;
        this.running = running;
    }

    /** Number of requests that wait. @param problems is told if the tables cannot be read, or lack something */
    long waiting(List<String> problems) {
        RunningCenter now = running.get();
        try {
            if (home.isFounded() && !store.isWhole()) {
                problems.add(
                        "the tables of stored files are new, and not all media were looked at since: what is on the"
                                + " others is in no list. It is tried again; 'catalog rebuild' does it at once");
            }
            if (now != null) {
                return now.collector().requests().count();
            }
            return home.isFounded() ? home.ledger().waiting() : 0;
        } catch (IOException e) {
            problems.add(Reason.of(e));
            return 0;
        }
    }

    /** @param done whether those that are done are wanted too */
    void requests(boolean done, Consumer<CollectionRequest> consumer) throws IOException {
        RunningCenter now = running.get();
        if (now != null) {
            now.collector().requests().waiting(consumer);
        } else if (home.isFounded()) {
            remembered(consumer);
        }
        if (done && home.isFounded()) {
            RequestList.done(home.ledger(), consumer);
        }
    }

    /** Where nothing listens, nothing is planned. */
    private void remembered(Consumer<CollectionRequest> consumer) throws IOException {
        List<IOException> failure = new ArrayList<>();
        home.ledger().arrivals(arrival -> {
            try {
                long frames = store.stored(arrival.run()).frames();
                consumer.accept(new CollectionRequest(
                        arrival.run(),
                        arrival.arrived(),
                        frames > 0 ? CollectionRequest.State.PAUSED : CollectionRequest.State.WAITING,
                        frames,
                        null,
                        "the center does not listen"));
                return true;
            } catch (IOException e) {
                failure.add(e);
                return false;
            }
        });
        if (!failure.isEmpty()) {
            throw failure.get(0);
        }
    }

    /** @param limit of transfers; 0: none */
    void history(String client, long limit, Consumer<Transfer> consumer) throws IOException {
        RunningCenter now = running.get();
        long[] left = {limit > 0 ? limit : Long.MAX_VALUE};
        for (Transfer transfer :
                now == null ? List.<Transfer>of() : now.collector().transfers()) {
            boolean meant = client == null
                    || client.equals(transfer.from())
                    || client.equals(transfer.run().origin());
            if (meant && left[0]-- > 0) {
                consumer.accept(transfer);
            }
        }
        if (home.isFounded() && left[0] > 0) {
            home.ledger().transfers(client, transfer -> {
                consumer.accept(transfer);
                return --left[0] > 0;
            });
        }
    }

    void files(Files which, Consumer<StoredVersion> consumer) throws IOException {
        knowFiles();
        if (which.origin() != null) {
            files(which.origin(), which, consumer);
            return;
        }
        List<String> origins = List.of();
        do {
            origins = store.origins(origins.isEmpty() ? null : origins.get(origins.size() - 1), PAGE);
            for (String origin : origins) {
                files(origin, which, consumer);
            }
        } while (origins.size() == PAGE);
    }

    private void files(String origin, Files which, Consumer<StoredVersion> consumer) throws IOException {
        FileName path = which.path() == null ? null : FileName.parse(which.path());
        CenterStore.Query query =
                new CenterStore.Query(origin, which.backup(), path, true, which.at(), which.at() == null);
        String cursor = null;
        do {
            CenterStore.Page page = store.versions(query, cursor, PAGE);
            page.versions().stream().map(Version::version).forEach(consumer);
            cursor = page.next();
        } while (cursor != null);
    }

    /** A platform that ends with its command looks itself for what the tables lack, if they were lost. */
    void knowFiles() throws IOException {
        String medium = settings.state().medium();
        if (!lasting && medium != null && !store.isWhole()) {
            store.use(medium);
        }
    }
}
