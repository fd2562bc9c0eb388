package org.hikae.files.center.collect;

import java.io.IOException;
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

/** What the runs that a member announces come to (e.3): receipts, requests, and what cannot be taken. */
final class Announcement {

    private final CenterStore store;

    final Map<RunId, PollReply.Receipt> receipts = new LinkedHashMap<>();
    final Set<PollReply.Full> full = new HashSet<>();
    final Map<RunId, PollReply.Problem> problems = new LinkedHashMap<>();
    /** Those that can be received, with what is here of them. */
    final Map<RunInfo, Stored> requests = new LinkedHashMap<>();
    /** Those that are here wholly. */
    final Set<RunId> complete = new HashSet<>();

    private Announcement(CenterStore store) {
        this.store = store;
    }

    /**
     * Compares with what is stored.
     *
     * @param peer who announces
     * @param known number of frames of runs that were looked at before and are still as they were; null: of others
     */
    static Announcement of(String peer, List<RunInfo> runs, Map<RunId, Long> known, CenterStore store)
            throws IOException {
        Announcement made = new Announcement(store);
        Map<String, List<RunInfo>> byBackup = new LinkedHashMap<>();
        Set<String> origins = new HashSet<>(Set.of(peer));
        for (RunInfo run : runs) {
            origins.add(run.id().origin());
            byBackup.computeIfAbsent(run.id().origin() + "/" + run.id().backup(), name -> new ArrayList<>())
                    .add(run);
        }
        for (List<RunInfo> of : byBackup.values()) {
            of.sort(Comparator.comparingLong(run -> run.id().number()));
            made.look(of, known);
        }
        made.askForFull(origins, byBackup);
        return made;
    }

    private void look(List<RunInfo> ofBackup, Map<RunId, Long> known) throws IOException {
        Set<Long> usable = new HashSet<>();
        for (int i = 0; i < ofBackup.size(); i++) {
            RunInfo run = ofBackup.get(i);
            Long frames = known.get(run.id());
            Stored stored = frames != null ? new Stored(run.id(), frames, false) : store.stored(run.id());
            if (stored.frames() > 0) {
                receipts.put(run.id(), new PollReply.Receipt(run.id(), stored.frames(), stored.complete()));
            }
            if (stored.complete()) {
                complete.add(run.id());
                usable.add(run.id().number());
            } else if (frames != null || usable.contains(run.base()) || store.basis(run) == Basis.HERE) {
                usable.add(run.id().number());
                requests.put(run, stored);
            } else {
                refuse(run, ofBackup.subList(i + 1, ofBackup.size()));
            }
        }
    }

    private void refuse(RunInfo run, List<RunInfo> later) throws IOException {
        RunId id = run.id();
        problems.put(
                id,
                new PollReply.Problem(
                        id, "run " + run.base() + ", which it builds upon, is not here: it needs a full one"));
        if (later.stream().noneMatch(each -> each.base() == 0)) {
            store.askForFull(id.origin(), id.backup());
        }
    }

    /** What is on its way already need not be asked for. */
    private void askForFull(Set<String> origins, Map<String, List<RunInfo>> byBackup) throws IOException {
        for (String origin : origins) {
            for (String backup : store.fullWanted(origin)) {
                List<RunInfo> announced = byBackup.getOrDefault(origin + "/" + backup, List.of());
                if (announced.stream().noneMatch(run -> run.base() == 0 && !complete.contains(run.id()))) {
                    full.add(new PollReply.Full(origin, backup));
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
        requests.forEach((run, stored) -> {
            desk.announce(session.peer, run, stored.frames());
            Entry entry = desk.entry(run.id());
            if (entry.frames > 0) {
                all.put(run.id(), new PollReply.Receipt(run.id(), entry.frames, false));
            }
            if (entry.problem != null) {
                wrong.put(run.id(), new PollReply.Problem(run.id(), entry.problem));
            }
        });
        Set<RunId> kept = new HashSet<>(announced);
        kept.removeAll(problems.keySet());
        if (!more) {
            desk.retain(session.peer, kept);
        }
        session.say(all, full, wrong);
    }
}
