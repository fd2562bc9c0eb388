package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.hikae.api.backup.RebaseRequest;
import org.hikae.api.backup.Retention;
import org.hikae.api.backup.RetentionPlan;
import org.hikae.api.backup.RetentionRequest;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.disk.Marks;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationSurvey;
import org.hikae.api.media.Media;
import org.hikae.api.media.MergeRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Merges, moves of chains, and retention, as jobs (a.10). */
class ChainJobsTest {

    private static final Instant NOON = Instant.parse("2026-11-05T12:00:00Z");
    private static final Retention LAST = new Retention(1, 0, 0, 0, 0, 0);

    private final FakeStore store = new FakeStore();
    private final List<String> started = new ArrayList<>();
    private Jobs.Work work;
    private List<DiskStatus> disks = List.of();

    private final ChainJobs chains = new ChainJobs(new ChainJobs.Units(
            proxy(Jobs.class, (method, arguments) -> {
                started.add(arguments[0] + " " + arguments[1]);
                work = (Jobs.Work) arguments[2];
                return null;
            }),
            store,
            proxy(Media.class, (method, arguments) -> {
                if (!Set.of("m", "n").contains(arguments[0])) {
                    throw new IOException("there is no medium '" + arguments[0] + "'");
                }
                return null;
            }),
            proxy(Disks.class, (method, arguments) -> {
                if (method.equals("list")) {
                    return disks;
                }
                throw new IOException("there is no disk '" + arguments[0] + "'");
            }),
            proxy(Marks.class, (method, arguments) -> null),
            Set::of,
            ZoneOffset.UTC));

    /** What a method answers. */
    private interface Answers {
        Object to(String method, Object[] arguments) throws IOException;
    }

    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.to(method.getName(), arguments)));
    }

    /** A full one and three on it. */
    @BeforeEach
    void chain() {
        String parent = null;
        for (int i = 0; i < 4; i++) {
            parent = store.add(parent, NOON.plusSeconds(i));
        }
    }

    private static RetentionRequest request(String disk) {
        return new RetentionRequest(disk, null, LAST, false);
    }

    private Map<String, Object> result() throws Exception {
        return work.run(Progress.NONE);
    }

    @Test
    void aMergeIsAJob() throws Exception {
        Map<Integer, Long> before = store.read("d@3");
        chains.merge(new MergeRequest("d@2", "d@3", "n"));
        assertThat(started).containsExactly("merge d@2..d@3 to n");
        assertThat(result())
                .isEqualTo(Map.of(
                        "generation", "d@3",
                        "merged", "d@2",
                        "movedBytes", 1L,
                        "recodedBytes", 2L,
                        "freedBytes", 3L,
                        "laterBytes", 4L));
        assertThat(store.read("d@3")).isEqualTo(before);
        chains.merge(new MergeRequest("d@4", "d@4", "n"));
        assertThat(result()).doesNotContainKey("merged");
        assertThat(started.get(1)).isEqualTo("merge d@4 to n");
    }

    @Test
    void whatIsNotThereIsSaidAtOnce() {
        assertThatThrownBy(() -> chains.merge(new MergeRequest("d@9", "d@3", null)))
                .hasMessageContaining("'d@9'");
        assertThatThrownBy(() -> chains.merge(new MergeRequest("d@1", "d@9", null)))
                .hasMessageContaining("'d@9'");
        assertThatThrownBy(() -> chains.merge(new MergeRequest("d@1", "d@3", "tape")))
                .hasMessageContaining("'tape'");
        assertThatThrownBy(() -> chains.rebase(new RebaseRequest("d@3", "tape", false)))
                .hasMessageContaining("'tape'");
        assertThatThrownBy(() -> chains.plan(request("x"))).hasMessageContaining("'x'");
        assertThatThrownBy(() -> chains.retain(request("x"))).hasMessageContaining("'x'");
        assertThat(started).isEmpty();
    }

    @Test
    void aChainIsMovedOneByOneTheOldestFirst() throws Exception {
        store.moveTo("d@2", "n");
        chains.rebase(new RebaseRequest("d@3", "n", false));
        assertThat(started).containsExactly("rebase d@3 to n");
        assertThat(result())
                .containsEntry("generation", "d@3")
                .containsEntry("movedGenerations", "d@1, d@3")
                .containsEntry("movedBytes", 2L)
                .doesNotContainKey("merged");
        assertThat(store.merges)
                .containsExactly(new MergeRequest("d@1", "d@1", "n"), new MergeRequest("d@3", "d@3", "n"));
        assertThatThrownBy(() -> chains.rebase(new RebaseRequest("d@3", "n", false)))
                .hasMessage("generation d@3 and all that it builds upon are on medium 'n' already");
    }

    @Test
    void aChainIsMovedAsOne() throws Exception {
        Map<Integer, Long> before = store.read("d@4");
        chains.rebase(new RebaseRequest("d@4", "n", true));
        assertThat(started).containsExactly("rebase d@4 as one to n");
        assertThat(result()).containsEntry("merged", "d@3, d@2, d@1");
        assertThat(store.chain("d@4")).hasSize(1);
        assertThat(store.get("d@4").medium()).isEqualTo("n");
        assertThat(store.read("d@4")).isEqualTo(before);
        assertThatThrownBy(() -> chains.rebase(new RebaseRequest("d@4", "n", true)))
                .hasMessageContaining("already");
    }

    @Test
    void whatWasMovedWhenOneCannotBeIsSaid() throws IOException {
        store.broken.put("d@3", "a frame is damaged");
        chains.rebase(new RebaseRequest("d@4", "n", false));
        assertThatThrownBy(this::result)
                .isInstanceOf(IOException.class)
                .hasMessage("generation d@3 was not moved: d@3 is damaged; these were: d@1, d@2");
        assertThat(store.get("d@2").medium()).isEqualTo("n");
        store.broken.put("d@4", "a frame is damaged");
        store.moveTo("d@3", "n");
        chains.rebase(new RebaseRequest("d@4", "n", false));
        assertThatThrownBy(this::result).hasMessageEndingWith("; none was");
    }

    @Test
    void aChainWithAProblemIsNotBegunWith() {
        String bad = store.add("d@4", NOON, null, "its manifest is damaged");
        assertThatThrownBy(() -> chains.rebase(new RebaseRequest(bad, "n", false)))
                .hasMessage("generation d@5 cannot be brought to medium 'n': its manifest is damaged");
    }

    @Test
    void retentionMergesAndTheSecondTimeHasNothingToDo() throws Exception {
        chains.retain(request("d"));
        assertThat(started).containsExactly("retain d");
        assertThat(result())
                .containsEntry("disk", "d")
                .containsEntry("kept", 1L)
                .containsEntry("merged", "d@3, d@2, d@1")
                .containsEntry("freedBytes", 3L);
        assertThat(result()).doesNotContainKey("merged").containsEntry("freedBytes", 0L);
        assertThat(chains.plan(request("d")).merges()).isEmpty();
    }

    @Test
    void aMergeOfRetentionThatIsRefusedKeepsNoOtherFromBeingMade() throws Exception {
        store.holds.put("d@2", List.of("disk data"));
        store.broken.put("d@1", "a frame is damaged");
        chains.retain(request("d"));
        assertThatThrownBy(this::result).hasMessage("d@1..d@2 was not merged: d@1 is damaged");
        assertThat(store.merges).containsExactly(new MergeRequest("d@3", "d@4", null));
    }

    private static RetentionRequest removing(String group) {
        return new RetentionRequest("d", group, LAST, true);
    }

    /** Each by itself: a full one and one on it of group a, the same of b, and the whole disk's. */
    @Test
    void retentionOfAGroupLeavesTheOthersAlone() throws Exception {
        for (String group : List.of("a", "b", "a")) {
            store.group = group;
            store.add(store.add(null, NOON), NOON);
        }
        assertThat(chains.plan(request("d")).entries()).hasSize(4);
        chains.retain(removing("a"));
        assertThat(started).containsExactly("retain group a of d");
        assertThat(result())
                .containsEntry("disk", "d")
                .containsEntry("group", "a")
                .containsEntry("kept", 1L)
                .containsEntry("merged", "d@9")
                .containsEntry("removed", "d@6, d@5");
        assertThat(store.survey().generations())
                .extracting(each -> each.id())
                .containsExactly("d@1", "d@2", "d@3", "d@4", "d@7", "d@8", "d@10");
        chains.retain(removing("b"));
        assertThat(result()).containsEntry("merged", "d@7").doesNotContainKey("removed");
        chains.retain(new RetentionRequest("d", null, LAST, true));
        assertThat(result()).containsEntry("merged", "d@3, d@2, d@1").doesNotContainKey("group");
    }

    @Test
    void afterAMergeThatFailedNothingIsRemoved() throws Exception {
        String second = store.add(null, NOON);
        String newest = store.add(second, NOON);
        store.broken.put(second, "a frame is damaged");
        chains.retain(removing(null));
        assertThatThrownBy(this::result)
                .hasMessage(second + ".." + newest + " was not merged: " + second
                        + " is damaged; therefore nothing was removed");
        assertThat(store.removed).isEmpty();
        store.broken.clear();
        store.broken.put("d@3", "somebody has it open");
        assertThatThrownBy(this::result)
                .hasMessage("d@3 was not removed: d@3 is needed; d@2 was not removed: d@2 is needed; d@1 was not"
                        + " removed: d@1 is needed");
        assertThat(store.removed).containsExactly("d@4");
    }

    @Test
    void nothingIsRemovedWhileAMediumIsAwayOrAManifestOfTheDiskCannotBeRead() throws Exception {
        store.add(null, NOON);
        store.unread.add(new GenerationSurvey.Unread("shelf", "it is not mounted"));
        RetentionPlan plan = chains.plan(removing(null));
        assertThat(plan.removals()).isEmpty();
        assertThat(plan.entries().get(3).kept()).endsWith("medium 'shelf' cannot be read: it is not mounted");
        store.unread.clear();
        assertThat(chains.plan(removing(null)).removals()).hasSize(4);
        store.addUnreadable();
        assertThat(chains.plan(removing(null)).entries().get(3).kept()).endsWith("d@6 cannot be read: torn");
    }

    /** What the next backup builds upon is not known then. */
    @Test
    void nothingIsRemovedWhileTheDiskCannotBeUsed() throws Exception {
        store.add(null, NOON);
        disks = List.of(new DiskStatus("d", null, "raw", "raw", -1, 4096, "its file is gone"));
        assertThat(chains.plan(removing(null)).removals()).isEmpty();
        disks = List.of();
        assertThat(chains.plan(removing(null)).removals()).hasSize(4);
    }

    @Test
    void aCancelledJobStopsBetweenMerges() throws Exception {
        chains.rebase(new RebaseRequest("d@4", "n", false));
        Progress cancelled = proxy(Progress.class, (method, arguments) -> {
            if (method.equals("pass") && store.merges.size() == 2) {
                throw new CancellationException("cancelled");
            }
            return null;
        });
        assertThatThrownBy(() -> work.run(cancelled)).isInstanceOf(CancellationException.class);
        assertThat(store.merges).hasSize(2);
        assertThat(store.get("d@2").medium()).isEqualTo("n");
        assertThat(store.get("d@3").medium()).isEqualTo("m");
    }

    @Test
    void aLongChainIsTold() {
        String newest = "d@4";
        for (int i = 5; i < ChainCare.LONG; i++) {
            newest = store.add(newest, NOON.plusSeconds(i));
        }
        assertThat(ChainCare.warning(store, newest)).isNull();
        newest = store.add(newest, NOON);
        assertThat(ChainCare.warning(store, newest))
                .contains("generation d@30 has 30 generations")
                .contains("'generation merge d@1..d@30'")
                .contains("'generation merge --auto d --keep ...'");
        assertThat(ChainCare.warning(store, "d@99")).isNull();
        store.group = "docs";
        String ofGroup = store.add(null, NOON);
        for (int i = 1; i < ChainCare.LONG; i++) {
            ofGroup = store.add(ofGroup, NOON);
        }
        assertThat(ChainCare.warning(store, ofGroup)).contains("'generation merge --auto d --group docs --keep ...'");
    }
}
