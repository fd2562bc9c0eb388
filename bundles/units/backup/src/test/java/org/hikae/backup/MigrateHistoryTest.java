package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hikae.api.backup.MigrateRequest;
import org.hikae.api.backup.TapePolicy;
import org.hikae.api.media.GenerationInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies over generated years of backups: what must be on tape is, what may leave has left, and nothing else has. */
class MigrateHistoryTest {

    /** More than all that is ever made. */
    private static final long MEDIUM = 100_000;

    private final TapeJobsFixture all = new TapeJobsFixture();
    private Random random;
    private String message;
    private TapePolicy policy;

    static List<Long> seeds() {
        Long given = Long.getLong("hikae.seed");
        return given != null
                ? List.of(given)
                : new Random()
                        .longs(Boolean.getBoolean("hikae.long") ? 500 : 8)
                        .boxed()
                        .toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isKeptTo(long seed) throws Exception {
        random = new Random(seed);
        message = "-Dhikae.seed=" + seed;
        policy = policy();
        for (int day = 0; day < 60; day++) {
            all.now = all.now.plus(Duration.ofHours(1 + random.nextInt(60)));
            change();
            measure();
            Set<String> before = new TreeSet<>(all.store.objects.evicted);
            Set<String> onTape = onTape();
            long used = used();
            boolean failed = TapeJobsFixture.failure(all.unit.migrate(request())) != null;
            check(before, onTape, used, failed);
            assertThat(all.store.objects.held).as(message).hasValue(0);
        }
    }

    private TapePolicy policy() {
        Duration after = random.nextInt(4) == 0 ? null : Duration.ofHours(random.nextInt(300));
        int above = after == null || random.nextBoolean() ? 1 + random.nextInt(20) : 0;
        Duration keepBoth = random.nextInt(3) == 0 ? null : Duration.ofHours(random.nextInt(200));
        return new TapePolicy(after, above, keepBoth, "p");
    }

    private MigrateRequest request() {
        return new MigrateRequest("d", null, policy);
    }

    private void change() {
        List<GenerationInfo> there = all.store.survey().generations();
        for (int i = random.nextInt(3); i > 0; i--) {
            boolean full = there.isEmpty() || random.nextInt(4) == 0;
            all.store.bytes = random.nextInt(600);
            all.store.add(
                    full ? null : there.get(there.size() - 1).id(), all.now.minusSeconds(random.nextInt(100_000)));
        }
        all.mounted.clear();
        there.stream().filter(each -> random.nextInt(9) == 0).forEach(each -> all.mounted.add(each.id()));
        all.store.objects.unreadable.clear();
        if (random.nextInt(4) == 0) {
            there.stream()
                    .filter(each -> random.nextInt(9) == 0)
                    .forEach(each -> all.store.objects.unreadable.add(each.id() + "/index"));
        }
        int fails = random.nextInt(30);
        all.tier.watch = source -> {
            if (fails < 3 && source.name().hashCode() % 7 == fails) {
                throw new IOException("a write error");
            }
        };
    }

    private long near(GenerationInfo each) {
        return all.store.objects.evicted.contains(each.id()) ? 0 : each.storedBytes();
    }

    private long used() {
        return all.store.survey().generations().stream().mapToLong(this::near).sum();
    }

    private void measure() {
        all.medium("m", MEDIUM, MEDIUM - used(), null);
    }

    private Set<String> onTape() throws IOException {
        Set<String> ids = new TreeSet<>();
        for (GenerationInfo each : all.store.survey().generations()) {
            if (all.isOnTape(each.id())) {
                ids.add(each.id());
            }
        }
        return ids;
    }

    private void check(Set<String> before, Set<String> onTapeBefore, long usedBefore, boolean failed)
            throws IOException {
        Set<String> onTape = onTape();
        Set<String> evicted = new TreeSet<>(all.store.objects.evicted);
        assertThat(onTape).as(message).containsAll(evicted).containsAll(onTapeBefore);
        evicted.removeAll(before);
        assertThat(evicted).as(message).noneMatch(all.mounted::contains);
        long mark = MEDIUM * policy.above() / 100;
        for (GenerationInfo each : all.store.survey().generations()) {
            boolean old = policy.after() != null
                    && !each.instant().plus(policy.after()).isAfter(all.now);
            boolean mustBeThere = old && near(each) + each.storedBytes() > 0 && !failed;
            assertThat(!mustBeThere || onTape.contains(each.id()))
                    .as(each.id() + " " + message)
                    .isTrue();
        }
        if (policy.above() == 0 || usedBefore <= mark) {
            assertThat(policy.keepBoth() != null || evicted.isEmpty())
                    .as(message)
                    .isTrue();
        } else if (!failed) {
            Set<String> stays = all.store.survey().generations().stream()
                    .filter(each -> near(each) > 0)
                    .map(GenerationInfo::id)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(used() <= mark || all.mounted.containsAll(stays))
                    .as(message)
                    .isTrue();
        }
        if (!failed) {
            measure();
            assertThat(all.unit.plan(request())).as(message).allMatch(line -> line.startsWith("medium m"));
        }
    }
}
