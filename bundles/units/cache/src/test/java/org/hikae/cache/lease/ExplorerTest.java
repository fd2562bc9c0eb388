package org.hikae.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Every order in which requests, recalls, grants, write-outs, releases, failures and losses of two or three nodes can come:
 * no two have what conflicts, reads see the last completed write (I4), what is dirty is written before it passes (R15), what a
 * lost node had passes when it is fenced (R16), and every request ends.
 *
 * <p>Of cache control it is the logic that is in use, {@link LeaseTable}; the nodes are a model of their contract.
 */
class ExplorerTest {

    private static final boolean LONG = Boolean.getBoolean("hikae.long");
    /** Chooses the half of the short programs that is tried by day. */
    private static final long SEED = Long.getLong("hikae.seed", System.nanoTime());

    private final Set<UUID> seen = new HashSet<>();
    private final List<String> path = new ArrayList<>();
    private long states;
    private long ends;

    private void explore(Model model) {
        if (!seen.add(UUID.nameUUIDFromBytes(model.toString().getBytes(StandardCharsets.UTF_8)))) {
            return;
        }
        states++;
        int choices = model.steps().size();
        if (choices == 0) {
            model.checkEnd();
            ends++;
        }
        for (int choice = 0; choice < choices; choice++) {
            Model next = model.copy();
            Model.Step step = next.steps().get(choice);
            path.add(step.name());
            step.action().run();
            next.check();
            explore(next);
            path.remove(path.size() - 1);
        }
    }

    private void explore(int losses, int failures, Operation[]... programs) {
        seen.clear();
        try {
            explore(new Model(Arrays.stream(programs).map(List::of).toList(), losses, failures));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("after " + path, e);
        }
    }

    private static Operation[] program(Operation... operations) {
        return operations;
    }

    @Test
    void twoNodesAllShortPrograms() {
        int turn = new Random(SEED).nextInt(2);
        for (Operation a : Operation.values()) {
            for (Operation b : Operation.values()) {
                for (Operation c : Operation.values()) {
                    if (LONG || (a.ordinal() + b.ordinal() + c.ordinal()) % 2 == turn) {
                        explore(1, LONG ? 1 : 0, program(a, b), program(c));
                        explore(0, 1, program(a, b), program(c));
                    }
                }
            }
        }
        assertThat(ends).as("hikae.seed=%d", SEED).isGreaterThan(1000);
    }

    @Test
    void twoNodesThatTakeTurns() {
        explore(
                1,
                1,
                program(Operation.WRITE_FIRST, Operation.READ_SECOND, Operation.APPEND),
                program(Operation.WRITE_SECOND, Operation.READ_FIRST, Operation.WRITE_FIRST));
        assertThat(states).isGreaterThan(10_000);
    }

    @Test
    void threeNodesOnOnePage() {
        explore(1, 0, program(Operation.WRITE_FIRST), program(Operation.READ_FIRST), program(Operation.WRITE_FIRST));
        assertThat(ends).isPositive();
    }

    @Test
    @EnabledIfSystemProperty(named = "hikae.long", matches = "true")
    void threeNodesAllOperations() {
        for (Operation a : Operation.values()) {
            for (Operation b : Operation.values()) {
                for (Operation c : Operation.values()) {
                    if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
                        explore(1, 0, program(a), program(b), program(c));
                    }
                }
            }
        }
    }
}
