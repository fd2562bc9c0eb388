package org.hikae.files.center.collect;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.hikae.api.files.RunId;
import org.hikae.api.files.center.CollectionRequest;
import org.hikae.files.center.plan.Forecast;
import org.hikae.files.center.plan.Planned;

/** The collection table and the plan, as people see them (e.3, e.5). Thread-safe. */
public final class RequestList {

    private static final Duration HORIZON = Duration.ofDays(14);

    private final Desk desk;
    private final InstantSource clock;

    RequestList(Desk desk, InstantSource clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /** Gives what is done, the newest first. @throws IOException if the ledger cannot be read */
    public static void done(Ledger ledger, Consumer<CollectionRequest> consumer) throws IOException {
        ledger.done(Ledger.Sink.all(done -> consumer.accept(new CollectionRequest(
                done.run(),
                done.arrived(),
                CollectionRequest.State.DONE,
                done.run().frames(),
                done.ended(),
                null))));
    }

    /** Number of requests that are not done. */
    public long count() {
        synchronized (desk) {
            return desk.entries().size();
        }
    }

    /** Gives what waits and runs, in the order in which it is planned. Each as it stands when it is given: there may be a million. */
    public void waiting(Consumer<CollectionRequest> consumer) {
        Set<RunId> others = new LinkedHashSet<>();
        Forecast forecast;
        Instant now;
        synchronized (desk) {
            desk.entries().forEach(entry -> others.add(entry.run.id()));
            forecast = desk.planner().forecast();
            now = clock.instant();
        }
        for (Planned planned : forecast.plan(now, HORIZON)) {
            CollectionRequest request = others.remove(planned.run()) ? request(planned.run()) : null;
            if (request != null) {
                consumer.accept(planned(request, planned));
            }
        }
        for (RunId run : others) {
            CollectionRequest request = request(run);
            if (request != null) {
                consumer.accept(request);
            }
        }
    }

    /** Null if it has gone meanwhile. */
    private CollectionRequest request(RunId run) {
        synchronized (desk) {
            Entry entry = desk.entry(run);
            return entry == null ? null : request(entry);
        }
    }

    private CollectionRequest request(Entry entry) {
        Session session = desk.session(entry.peer);
        String why = entry.why;
        if (!session.reachable) {
            why = session.heard == null
                    ? entry.peer + " was not heard since this platform was started"
                    : entry.peer + " cannot be reached";
        }
        return new CollectionRequest(entry.run, entry.arrived, entry.state(), entry.frames, null, why);
    }

    private static CollectionRequest planned(CollectionRequest request, Planned planned) {
        return new CollectionRequest(
                request.run(),
                request.arrived(),
                request.state(),
                request.frames(),
                planned.begin(),
                request.why() != null ? request.why() : planned.why());
    }
}
