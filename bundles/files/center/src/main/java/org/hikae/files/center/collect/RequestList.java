package org.hikae.files.center.collect;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.files.RunId;
import org.hikae.api.files.center.CollectionRequest;
import org.hikae.files.center.plan.Forecast;
import org.hikae.files.center.plan.Planned;

/** The collection table and the plan, as people see them (e.3, e.5). Thread-safe. */
public final class RequestList {

    private static final Duration HORIZON = Duration.ofDays(14);
    private static final int DONE = 1000;

    private final Desk desk;
    private final Ledger ledger;
    private final InstantSource clock;

    RequestList(Desk desk, Ledger ledger, InstantSource clock) {
        this.desk = desk;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** What waits and runs, in the order in which it is planned; then what is done, the newest first. */
    public List<CollectionRequest> all() {
        List<CollectionRequest> all = new ArrayList<>(waiting());
        for (Ledger.Done done : ledger.done(DONE)) {
            all.add(new CollectionRequest(
                    done.run(),
                    done.arrived(),
                    CollectionRequest.State.DONE,
                    done.run().frames(),
                    done.ended(),
                    null));
        }
        return all;
    }

    /** Number of requests that are not done. */
    public long count() {
        synchronized (desk) {
            return desk.entries().size();
        }
    }

    /** What waits and runs, in the order in which it is planned. */
    public List<CollectionRequest> waiting() {
        Map<RunId, CollectionRequest> all = new LinkedHashMap<>();
        Forecast forecast;
        Instant now;
        synchronized (desk) {
            desk.entries().forEach(entry -> all.put(entry.run.id(), request(entry)));
            forecast = desk.planner().forecast();
            now = clock.instant();
        }
        List<CollectionRequest> list = new ArrayList<>();
        for (Planned planned : forecast.plan(now, HORIZON)) {
            CollectionRequest request = all.remove(planned.run());
            if (request != null) {
                list.add(planned(request, planned));
            }
        }
        list.addAll(all.values());
        return list;
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
