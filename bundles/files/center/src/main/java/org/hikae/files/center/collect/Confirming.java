package org.hikae.files.center.collect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hikae.api.files.Confirmation;
import org.hikae.api.files.RunKey;
import org.hikae.api.files.relay.Above;
import org.hikae.files.center.store.CenterStore;
import org.hikae.files.center.store.CenterStore.Standing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which centers have a run (R23). Where nothing is above, this one has it or not. Where something is, its own copy counts for nothing, as it
 * goes when those above have theirs: what they have said is passed down. Nothing of that is kept here: whoever wants to know asks
 * again, and so does this center above. Thread-safe.
 */
public final class Confirming {

    private static final Logger LOG = LoggerFactory.getLogger(Confirming.class);

    private final UUID id;
    private final CenterStore store;
    private final Supplier<Optional<Above>> above;

    /**
     * @param id of this center
     * @param above empty: it is not known whether something is, and nothing is confirmed
     */
    public Confirming(UUID id, CenterStore store, Supplier<Optional<Above>> above) {
        this.id = id;
        this.store = store;
        this.above = above;
    }

    /**
     * What is known of runs now.
     *
     * @param more told of all of them, on any thread, when more is known of one
     * @throws IOException if that cannot be told
     */
    List<Confirmation> of(String member, List<RunKey> runs, Consumer<List<Confirmation>> more) throws IOException {
        if (runs.isEmpty()) {
            return List.of();
        }
        Optional<Above> there = above.get();
        if (there.isEmpty()) {
            return runs.stream().map(Confirmation::none).toList();
        }
        Optional<List<Confirmation>> said;
        try {
            said = there.get().confirm(member, runs, heard -> pass(heard, more));
        } catch (IOException e) {
            // Nothing that waits to be received is to wait for that.
            LOG.warn(
                    "whether there are centers above cannot be told, so that nothing is confirmed: {}", e.getMessage());
            said = Optional.of(runs.stream().map(Confirmation::none).toList());
        }
        return said.isPresent() ? here(said.get()) : own(runs);
    }

    private void pass(List<Confirmation> heard, Consumer<List<Confirmation>> more) {
        try {
            more.accept(here(heard));
        } catch (IOException e) {
            // Who waits for it asks again.
            LOG.warn("what the centers above have said cannot be passed on: {}", e.getMessage());
        }
    }

    private List<Confirmation> own(List<RunKey> runs) throws IOException {
        List<Confirmation> all = new ArrayList<>();
        for (RunKey run : runs) {
            Standing standing = store.standing(run);
            boolean has = standing == Standing.HERE;
            all.add(new Confirmation(run, has ? List.of(id) : List.of(), has, standing == Standing.ABSENT));
        }
        return all;
    }

    /** What is not even here has to be sent again. */
    private List<Confirmation> here(List<Confirmation> said) throws IOException {
        List<Confirmation> all = new ArrayList<>();
        for (Confirmation each : said) {
            boolean lost = !each.everywhere() && store.standing(each.run()) == Standing.ABSENT;
            all.add(new Confirmation(each.run(), each.centers(), each.everywhere(), lost));
        }
        return all;
    }
}
