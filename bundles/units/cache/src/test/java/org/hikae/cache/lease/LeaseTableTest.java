package org.hikae.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.LeaseMode;
import org.hikae.api.cache.PageRange;
import org.junit.jupiter.api.Test;

/** Who gets which pages, and what has to be given up for it. */
class LeaseTableTest {

    private final LeaseTable<String> table = new LeaseTable<>();

    private static Lease lease(long first, long end, LeaseMode mode) {
        return new Lease(new PageRange(first, end), mode);
    }

    private static Lease shared(long first, long end) {
        return lease(first, end, LeaseMode.SHARED);
    }

    private static Lease exclusive(long first, long end) {
        return lease(first, end, LeaseMode.EXCLUSIVE);
    }

    /** Serves a request; whoever has to gives up what is needed, and what {@code keeps} does not touch of what is wished. */
    private List<Lease> acquire(String node, PageRange keeps, Lease... needs) {
        Optional<LeaseTable.Recall<String>> recall = table.recall(node, List.of(needs));
        while (recall.isPresent()) {
            PageRange wished = recall.get().wished();
            table.reduced(node, recall.get(), keeps != null && wished.intersects(keeps) ? List.of() : List.of(wished));
            recall = table.recall(node, List.of(needs));
        }
        return table.grant(node, List.of(needs));
    }

    private List<Lease> acquire(String node, Lease... needs) {
        return acquire(node, null, needs);
    }

    @Test
    void whoIsAloneHasAll() {
        assertThat(acquire("n1", shared(-1, 0), shared(5, 6))).containsExactly(exclusive(-1, Long.MAX_VALUE));
        assertThat(table.recall("n1", List.of(exclusive(-1, 100)))).isEmpty();
    }

    @Test
    void theHolderKeepsWhatWasNeitherNeededNorWished() {
        acquire("n1", exclusive(0, 1));
        assertThat(acquire("n2", shared(-1, 0), exclusive(300, 301)))
                .containsExactly(shared(-1, 0), exclusive(256, 512));
        assertThat(table.of("n1")).containsExactly(shared(-1, 0), exclusive(0, 256), exclusive(512, Long.MAX_VALUE));
        assertThat(table.of("n2")).containsExactly(shared(-1, 0), exclusive(256, 512));
    }

    @Test
    void whatIsWishedIsNotTakenIfTheHolderKeepsIt() {
        acquire("n1", exclusive(0, 1));
        assertThat(acquire("n2", new PageRange(310, 311), exclusive(300, 301))).containsExactly(exclusive(300, 301));
        assertThat(table.of("n1")).containsExactly(exclusive(-1, 300), exclusive(301, Long.MAX_VALUE));
    }

    @Test
    void readersShare() {
        acquire("n1", shared(-1, 0), shared(0, 1000));
        acquire("n2", shared(-1, 0), shared(0, 1000));
        assertThat(table.of("n1")).startsWith(shared(-1, 1024));
        assertThat(table.recall("n3", List.of(shared(0, 1000)))).isEmpty();
        assertThat(table.recall("n3", List.of(exclusive(0, 1)))).isPresent();
    }

    @Test
    void whoGoesThroughTheFileOfAnotherNeedsFewRecalls() {
        acquire("n1", exclusive(0, 1));
        int recalls = 0;
        for (long page = 0; page < 1 << 20; page++) {
            List<Lease> needs = List.of(shared(-1, 0), shared(page, page + 1));
            if (!isCovered("n2", needs)) {
                recalls++;
                acquire("n2", needs.toArray(Lease[]::new));
            }
        }
        assertThat(recalls).isLessThan(20);
    }

    private boolean isCovered(String node, List<Lease> needs) {
        return needs.stream().allMatch(need -> table.of(node).stream()
                .anyMatch(lease ->
                        lease.pages().contains(need.pages()) && lease.mode().covers(need.mode())));
    }

    @Test
    void twoWhoTakeTurnsDoNotDriveEachOtherOutOfTheFile() {
        acquire("n1", exclusive(0, 1));
        for (int i = 0; i < 100; i++) {
            acquire("n2", exclusive(10, 11));
            acquire("n1", exclusive(10, 11));
        }
        assertThat(table.of("n1")).containsExactly(exclusive(-1, Long.MAX_VALUE));
        acquire("n2", exclusive(10, 11));
        assertThat(table.of("n2")).containsExactly(exclusive(0, 256));
    }

    @Test
    void whatIsGivenUpWithoutBeingWishedDoesNotCount() {
        acquire("n1", exclusive(0, 1));
        LeaseTable.Recall<String> recall =
                table.recall("n2", List.of(exclusive(0, 1))).orElseThrow();
        table.reduced("n2", recall, List.of(new PageRange(0, 1000)));
        assertThat(table.of("n1")).contains(exclusive(1, Long.MAX_VALUE));
    }

    @Test
    void nothingIsGrantedAsLongAsOthersHaveIt() {
        acquire("n1", exclusive(0, 1));
        assertThatThrownBy(() -> table.grant("n2", List.of(shared(0, 1)))).isInstanceOf(IllegalStateException.class);
        table.drop("n1");
        assertThat(table.grant("n2", List.of(shared(0, 1)))).containsExactly(exclusive(-1, Long.MAX_VALUE));
        table.drop("n2");
        assertThat(table.isEmpty()).isTrue();
    }

    /** Against a mode per page: nobody ever has what conflicts, all get what they need, and nobody loses more than was asked. */
    @Property(tries = 300)
    void r15_noTwoHaveWhatConflicts(@ForAll long seed) {
        Random random = new Random(seed);
        LeaseTable<String> leases = new LeaseTable<>();
        Map<String, LeaseMode[]> model = new HashMap<>();
        for (int step = 0; step < 150; step++) {
            String node = "n" + random.nextInt(4);
            if (random.nextInt(12) == 0) {
                leases.drop(node);
                model.remove(node);
            } else {
                serve(leases, model, node, needs(random), random);
            }
            check(leases, model);
        }
    }

    private static final int PAGES = 700;

    private static List<Lease> needs(Random random) {
        List<Lease> needs = new ArrayList<>();
        if (random.nextBoolean()) {
            needs.add(lease(-1, 0, mode(random)));
        }
        long first = random.nextInt(PAGES);
        long end = random.nextInt(8) == 0 ? Long.MAX_VALUE : first + 1 + random.nextInt(PAGES - (int) first);
        needs.add(lease(first, end, mode(random)));
        return needs;
    }

    private static LeaseMode mode(Random random) {
        return random.nextBoolean() ? LeaseMode.SHARED : LeaseMode.EXCLUSIVE;
    }

    private static void serve(
            LeaseTable<String> leases, Map<String, LeaseMode[]> model, String node, List<Lease> needs, Random random) {
        Optional<LeaseTable.Recall<String>> recall = leases.recall(node, needs);
        while (recall.isPresent()) {
            LeaseTable.Recall<String> made = recall.get();
            assertThat(made.wished().contains(made.needed())).isTrue();
            List<PageRange> given = random.nextBoolean() ? List.of(made.needed()) : List.of(made.wished());
            given.forEach(range -> lower(model.get(made.holder()), range, made.wanted()));
            leases.reduced(node, made, given);
            recall = leases.recall(node, needs);
        }
        LeaseMode[] mine = model.computeIfAbsent(node, key -> new LeaseMode[PAGES + 1]);
        leases.grant(node, needs).forEach(lease -> raise(mine, lease));
        for (Lease need : needs) {
            for (int i = index(need.pages().first()); i < index(need.pages().end()); i++) {
                assertThat(mine[i]).matches(mode -> mode != null && mode.covers(need.mode()));
            }
        }
    }

    /** Page -1 comes first; what lies after the last page is as that page. */
    private static int index(long page) {
        return (int) Math.min(page, PAGES) + 1;
    }

    private static void raise(LeaseMode[] modes, Lease lease) {
        for (int i = index(lease.pages().first()); i < index(lease.pages().end()); i++) {
            modes[i] = modes[i] == LeaseMode.EXCLUSIVE ? modes[i] : lease.mode();
        }
    }

    private static void lower(LeaseMode[] modes, PageRange range, LeaseMode wanted) {
        for (int i = index(range.first()); i < index(range.end()); i++) {
            modes[i] = wanted == LeaseMode.EXCLUSIVE || modes[i] == null ? null : LeaseMode.SHARED;
        }
    }

    private static void check(LeaseTable<String> leases, Map<String, LeaseMode[]> model) {
        for (Map.Entry<String, LeaseMode[]> node : model.entrySet()) {
            LeaseMode[] told = new LeaseMode[PAGES + 1];
            leases.of(node.getKey()).forEach(lease -> raise(told, lease));
            assertThat(told).isEqualTo(node.getValue());
        }
        for (int page = 0; page <= PAGES; page++) {
            int exclusive = 0;
            int all = 0;
            for (LeaseMode[] modes : model.values()) {
                exclusive += modes[page] == LeaseMode.EXCLUSIVE ? 1 : 0;
                all += modes[page] != null ? 1 : 0;
            }
            assertThat(exclusive == 0 || all == 1).isTrue();
        }
    }
}
