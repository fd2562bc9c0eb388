package org.hikae.files.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hikae.api.files.Confirmation;
import org.hikae.api.files.RunKey;

/**
 * What is asked for by those below of where their runs are, and what each center above has said of that (R23). In memory alone: those below
 * ask again, and so does this relay. Thread-safe.
 */
final class Confirmations {

    /** Whoever has not asked for so long does not wait any more. */
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final int centers;
    private final LongSupplier nanos;

    /** By member below. Guarded by this, as below. */
    private final Map<String, Asked> members = new HashMap<>();

    /** What the centers have said, by their index; null: nothing yet. Of what is asked for alone. */
    private final Map<RunKey, Confirmation[]> answers = new HashMap<>();

    private record Asked(List<RunKey> runs, Consumer<List<Confirmation>> more, long at) {}

    /**
     * @param centers how many are above, at least one
     * @param nanos a clock that nobody sets
     */
    Confirmations(int centers, LongSupplier nanos) {
        this.centers = centers;
        this.nanos = nanos;
    }

    /**
     * What a member asks for, in place of what it asked for before.
     *
     * @param more told whenever more is known
     * @param whenNew done if something is asked for that was not, so that those above are to be asked
     */
    List<Confirmation> ask(String member, List<RunKey> runs, Consumer<List<Confirmation>> more, Runnable whenNew) {
        boolean fresh = false;
        List<Confirmation> known;
        synchronized (this) {
            members.put(member, new Asked(List.copyOf(runs), more, nanos.getAsLong()));
            members.values().removeIf(each -> nanos.getAsLong() - each.at > FORGOTTEN.toNanos());
            Set<RunKey> asked = asked();
            answers.keySet().retainAll(asked);
            for (RunKey run : asked) {
                fresh |= answers.putIfAbsent(run, new Confirmation[centers]) == null;
            }
            known = known(runs);
        }
        if (fresh) {
            whenNew.run();
        }
        return known;
    }

    private Set<RunKey> asked() {
        Set<RunKey> all = new LinkedHashSet<>();
        members.values().forEach(each -> all.addAll(each.runs));
        return all;
    }

    private List<Confirmation> known(List<RunKey> runs) {
        return runs.stream().map(this::known).toList();
    }

    /** It is everywhere when each center above says that it is wherever it hands on to. */
    private Confirmation known(RunKey run) {
        Confirmation[] said = answers.get(run);
        List<UUID> have = new ArrayList<>();
        boolean everywhere = said != null;
        for (int i = 0; said != null && i < centers; i++) {
            everywhere &= said[i] != null && said[i].everywhere();
            if (said[i] != null) {
                have.addAll(said[i].centers());
            }
        }
        return new Confirmation(run, have, everywhere, false);
    }

    /** What a center is still to be asked for. */
    synchronized List<RunKey> open(int center) {
        return asked().stream()
                .filter(run -> {
                    Confirmation[] said = answers.get(run);
                    return said == null || said[center] == null || !said[center].everywhere();
                })
                .toList();
    }

    /**
     * A center has said something, of up to a thousand runs at once: whoever has asked is told once. Of what nobody has asked for it is of no
     * account. Told once, stays told: receipts are not taken back.
     */
    void said(int center, List<Confirmation> confirmations) {
        List<Runnable> tell = new ArrayList<>();
        synchronized (this) {
            Set<RunKey> changed = new HashSet<>();
            for (Confirmation each : confirmations) {
                if (isNew(center, each)) {
                    changed.add(each.run());
                }
            }
            for (Asked each : members.values()) {
                if (each.runs.stream().anyMatch(changed::contains)) {
                    List<Confirmation> known = known(each.runs);
                    tell.add(() -> each.more.accept(known));
                }
            }
        }
        // Not with anything held: who is told asks others.
        tell.forEach(Runnable::run);
    }

    private boolean isNew(int center, Confirmation confirmation) {
        RunKey run = confirmation.run();
        Confirmation[] said = answers.get(run);
        if (said == null || said[center] != null && said[center].everywhere()) {
            return false;
        }
        Confirmation before = known(run);
        said[center] = confirmation;
        return !known(run).equals(before);
    }
}
