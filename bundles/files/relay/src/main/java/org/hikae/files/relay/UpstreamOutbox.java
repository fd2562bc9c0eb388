package org.hikae.files.relay;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.hikae.api.files.Confirmation;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.RunKey;
import org.hikae.files.transfer.identity.Origins;
import org.hikae.files.transfer.message.Protocol;
import org.hikae.files.transfer.uplink.RunOutbox;

/**
 * What one center above is to have. Here alone runs change their names: above, the origin has the relay's own name behind it, as the
 * center's certificate says it. What the center says of other origins is of no account (I8). Thread-safe.
 */
final class UpstreamOutbox implements RunOutbox {

    /** How long the same runs are asked for, of more than can be asked for at once. */
    private static final long TURN_SECONDS = 60;

    private final String relay;
    private final Deliveries deliveries;
    private final ReceiptLog log;
    private final Asking asking;

    /** Why the center does not take a run, or it cannot be sent, as it was last said. */
    private final Map<RunId, String> problems = new ConcurrentHashMap<>();

    /** Those that it never will take. */
    private final Set<RunId> never = ConcurrentHashMap.newKeySet();

    /** What the center lacked when that was last looked at. */
    private volatile Map<RunId, RunInfo> announced = Map.of();

    /** Origins of which something was here since the relay began. */
    private final Set<String> origins = ConcurrentHashMap.newKeySet();

    /** What those below want to know of this center, by the names that runs have here. */
    interface Asking {
        List<RunKey> open();

        void said(List<Confirmation> said);
    }

    /** @param relay name of this relay, as the center knows it */
    UpstreamOutbox(String relay, Deliveries deliveries, ReceiptLog log, Asking asking) {
        this.asking = asking;
        this.relay = relay;
        this.deliveries = deliveries;
        this.log = log;
    }

    @Override
    public List<RunInfo> runs() throws IOException {
        List<RunInfo> lacking = Deliveries.lacking(log, deliveries.settle());
        announced = lacking.stream().collect(Collectors.toUnmodifiableMap(RunInfo::id, run -> run));
        problems.keySet().retainAll(announced.keySet());
        never.retainAll(announced.keySet());
        List<RunInfo> waiting = new ArrayList<>();
        for (RunInfo run : Queue.order(lacking, problems::containsKey, never::contains)) {
            origins.add(run.id().origin());
            Optional<String> above = Origins.above(run.id().origin(), relay);
            if (above.isPresent()) {
                waiting.add(named(run, above.get()));
            } else {
                problems.put(run.id(), "the client's name would be too long with '@" + relay + "' behind it");
            }
        }
        return waiting;
    }

    private static RunInfo named(RunInfo run, String origin) {
        return run.named(new RunId(origin, run.id().backup(), run.id().number()));
    }

    /** As it is called here; empty: it is nothing of this relay's. */
    private Optional<RunId> here(RunId above) {
        return Origins.below(above.origin(), relay).map(origin -> new RunId(origin, above.backup(), above.number()));
    }

    @Override
    public ReadableByteChannel open(RunId run, long frame) throws IOException {
        RunId here = here(run).orElseThrow(() -> new IOException("run " + run + " is none of this relay's"));
        return deliveries.received().frames(here, frame);
    }

    /** It takes the run: what was wrong is over. */
    @Override
    public void received(RunId run, long frames) {
        here(run).ifPresent(this::forget);
    }

    /** A receipt counts only for what is here: for anything else there is nothing that could be deleted on account of it. */
    @Override
    public void complete(RunId run, UUID identity) throws IOException {
        Optional<RunInfo> here = announced(run, identity);
        if (here.isPresent()) {
            log.add(here.get());
            forget(here.get().id());
            deliveries.delivered(here.get());
        }
    }

    private Optional<RunInfo> announced(RunId above, UUID identity) {
        return here(above).map(announced::get).filter(run -> run.identity().equals(identity));
    }

    private void forget(RunId here) {
        problems.remove(here);
        never.remove(here);
    }

    /** What has no name above cannot be there. If there is too much, each has its turn, for a while: what is asked for anew is answered at once. */
    @Override
    public List<RunKey> asked() {
        List<RunKey> all = new ArrayList<>();
        for (RunKey key : asking.open()) {
            RunId run = key.run();
            Origins.above(run.origin(), relay)
                    .map(origin -> new RunId(origin, run.backup(), run.number()))
                    .ifPresent(above -> all.add(new RunKey(above, key.identity())));
        }
        if (all.size() > Protocol.MAX_RUNS) {
            long turn = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime()) / TURN_SECONDS;
            Collections.rotate(all, -(int) Math.floorMod(turn * Protocol.MAX_RUNS, (long) all.size()));
            return all.subList(0, Protocol.MAX_RUNS);
        }
        return all;
    }

    @Override
    public void confirmed(Confirmation confirmation) {
        confirmed(List.of(confirmation));
    }

    @Override
    public void confirmed(List<Confirmation> all) {
        List<Confirmation> here = new ArrayList<>();
        for (Confirmation each : all) {
            RunKey key = each.run();
            here(key.run()).ifPresent(run -> here.add(each.of(new RunKey(run, key.identity()))));
        }
        asking.said(here);
    }

    /** Whoever is below is asked for one, unless one that will do waits already. */
    @Override
    public void fullWanted(String origin, String backup, long above) throws IOException {
        Optional<String> here = Origins.below(origin, relay).filter(origins::contains);
        if (here.isEmpty()) {
            return;
        }
        boolean waits = Deliveries.lacking(log, deliveries.received().runs()).stream()
                .anyMatch(run -> run.base() == 0
                        && run.id().number() > above
                        && !never.contains(run.id())
                        && run.id().origin().equals(here.get())
                        && run.id().backup().equals(backup));
        if (!waits) {
            deliveries.received().askForFull(here.get(), backup, above);
        }
    }

    @Override
    public void problem(RunId run, String text) {
        here(run).filter(announced::containsKey).ifPresent(here -> problems.put(here, text));
    }

    /** One that builds upon none, and that is asked for too, takes its place. */
    @Override
    public void refused(RunId run, UUID identity, String text) {
        announced(run, identity).ifPresent(here -> {
            problems.put(here.id(), text);
            never.add(here.id());
        });
    }

    /** The runs that the center has not yet, by the names that they have here. */
    List<RunInfo> waiting() throws IOException {
        return Deliveries.lacking(log, deliveries.received().runs());
    }

    /** Why the first of the runs that are not taken is not, a sentence; empty: all are. */
    Optional<String> problem() {
        return problems.entrySet().stream()
                .min(Map.Entry.comparingByKey(Comparator.comparing(RunId::toString)))
                .map(first -> "run " + first.getKey() + ": " + first.getValue()
                        + (problems.size() == 1 ? "" : "; and " + (problems.size() - 1) + " more")
                        + "; it stays here"
                        + (never.contains(first.getKey()) ? " until a full run that comes after it is there" : ""));
    }
}
