package org.hikae.files.center.collect;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.files.center.store.CenterStore;
import org.hikae.files.center.store.CenterStore.Basis;
import org.hikae.files.center.store.CenterStore.Stored;
import org.hikae.files.transfer.message.PollReply;
import org.hikae.files.transfer.message.RunNumbers;

/** What the runs that a member announces come to (e.3): receipts, requests, and what cannot be taken. */
final class Announcement {

    private final CenterStore store;
    /** Number of frames of runs that were looked at before and are still as they were. */
    private final Map<RunId, Long> known;

    private final Instant now;

    final Map<RunId, PollReply.Receipt> receipts = new LinkedHashMap<>();
    final Set<PollReply.Full> full = new HashSet<>();
    final Map<RunId, PollReply.Problem> problems = new LinkedHashMap<>();
    /** Those that can be received, with what is here of them. */
    final Map<RunInfo, Stored> requests = new LinkedHashMap<>();
    /** Those that are here wholly. */
    final Set<RunId> complete = new HashSet<>();

    private Announcement(CenterStore store, Map<RunId, Long> known, Instant now) {
        this.store = store;
        this.known = known;
        this.now = now;
    }

    /**
     * Compares with what is stored.
     *
     * @param peer who announces
     * @param known number of frames of runs that were looked at before and are still as they were
     * @param now by this machine's clock
     */
    static Announcement of(String peer, List<RunInfo> runs, Map<RunId, Long> known, CenterStore store, Instant now)
            throws IOException {
        Announcement made = new Announcement(store, known, now);
        Map<String, List<RunInfo>> byBackup = new LinkedHashMap<>();
        Set<String> origins = new HashSet<>(Set.of(peer));
        for (RunInfo run : runs) {
            origins.add(run.id().origin());
            byBackup.computeIfAbsent(run.id().origin() + "/" + run.id().backup(), name -> new ArrayList<>())
                    .add(run);
        }
        for (List<RunInfo> of : byBackup.values()) {
            of.sort(Comparator.comparingLong(run -> run.id().number()));
            made.look(of);
        }
        made.askForFull(origins, byBackup);
        return made;
    }

    private void look(List<RunInfo> ofBackup) throws IOException {
        Set<Long> usable = new HashSet<>();
        for (RunInfo run : ofBackup) {
            Long frames = known.get(run.id());
            Stored stored = frames != null ? new Stored(run.id(), frames, false) : store.stored(run);
            if (stored.frames() > 0) {
                receipts.put(run.id(), receipt(run, stored.frames(), stored.complete()));
            }
            String why = stored.complete() || frames != null ? null : against(run, usable);
            if (why != null) {
                problems.put(run.id(), new PollReply.Problem(run.id(), run.identity(), why, true));
                continue;
            }
            usable.add(run.id().number());
            if (stored.complete()) {
                complete.add(run.id());
            } else {
                requests.put(run, stored);
            }
        }
        RunInfo last = ofBackup.get(ofBackup.size() - 1);
        boolean refused = ofBackup.stream().anyMatch(run -> problems.containsKey(run.id()));
        // Nobody can be asked for one above a number that cannot be. What others behind the same relay announce goes on
        // (I8).
        boolean possible = RunNumbers.canBe(last.id().number(), now);
        if (refused && possible && ofBackup.stream().noneMatch(this::isFullRequest)) {
            store.askForFull(last.id().origin(), last.id().backup(), last.id().number());
        }
    }

    private boolean isFullRequest(RunInfo run) {
        return run.base() == 0 && requests.containsKey(run);
    }

    private static PollReply.Receipt receipt(RunInfo run, long frames, boolean complete) {
        return new PollReply.Receipt(run.id(), run.identity(), frames, complete);
    }

    /**
     * Why a run can never be received; null if it can.
     *
     * @param usable numbers of those announced with it that can be or were
     */
    private String against(RunInfo run, Set<Long> usable) throws IOException {
        Basis basis = store.basis(run);
        RunId base = new RunId(run.id().origin(), run.id().backup(), run.base());
        if (basis == Basis.OTHER) {
            return "it is not the run " + run.id().number()
                    + " that is here: the client's numbers have begun again, as when"
                    + " its home was restored from a copy; a full run takes its place";
        } else if (problems.containsKey(base)) {
            return "run " + run.base() + ", which it builds upon, cannot be taken; a full run takes its place";
        } else if (basis == Basis.HERE || usable.contains(run.base())) {
            return null;
        }
        return run.base() == 0
                ? "a later run is here already; a full run takes its place"
                : "run " + run.base() + ", which it builds upon, is not here; a full run takes its place";
    }

    /** What is on its way already need not be asked for. */
    private void askForFull(Set<String> origins, Map<String, List<RunInfo>> byBackup) throws IOException {
        for (String origin : origins) {
            for (Map.Entry<String, Long> wanted : store.fullWanted(origin).entrySet()) {
                String backup = wanted.getKey();
                long above = wanted.getValue();
                List<RunInfo> announced = byBackup.getOrDefault(origin + "/" + backup, List.of());
                if (announced.stream()
                        .noneMatch(run -> isFullRequest(run) && run.id().number() > above)) {
                    full.add(new PollReply.Full(origin, backup, above));
                }
            }
        }
    }

    /** Enters it, and what it comes to for the member. */
    void enter(Desk desk, Session session, Set<RunId> announced, boolean more) {
        Map<RunId, PollReply.Receipt> all = new HashMap<>(receipts);
        Map<RunId, PollReply.Problem> wrong = new LinkedHashMap<>(problems);
        for (RunId run : complete) {
            Entry entry = desk.entry(run);
            if (entry != null && entry.reception == null) {
                desk.done(entry);
            }
        }
        boolean over = false;
        for (Map.Entry<RunInfo, Stored> request : requests.entrySet()) {
            RunInfo run = request.getKey();
            if (known.containsKey(run.id()) && desk.entry(run.id()) == null) {
                // Its transfer has ended since the store was asked, and the receipt is given to the next poll.
                over = true;
                continue;
            }
            desk.announce(session.peer, run, request.getValue().frames());
            Entry entry = desk.entry(run.id());
            if (entry.isOf(run) && entry.frames > 0) {
                all.put(run.id(), receipt(run, entry.frames, false));
            }
            if (entry.isOf(run) && entry.problem != null) {
                wrong.put(run.id(), entry.wrong());
            }
        }
        Set<RunId> kept = new HashSet<>(announced);
        kept.removeAll(problems.keySet());
        if (!more) {
            desk.retain(session.peer, kept);
        }
        session.say(all, full, wrong);
        session.news |= over;
    }
}
