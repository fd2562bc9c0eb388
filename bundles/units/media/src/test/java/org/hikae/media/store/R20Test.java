package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.Layout;
import org.hikae.api.media.MergeReport;
import org.hikae.api.media.MergeRequest;
import org.hikae.media.testing.MemoryDriver;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * R20: a merge answers to its newest generation's name and set, and is refused if a generation outside builds upon one inside
 * other than that.
 */
class R20Test extends StoreTestBase {

    private final TestChain chain = new TestChain();

    private MergeReport merge(String from, String to, String medium) throws IOException {
        return store.merge(new MergeRequest(from, to, medium), Progress.NONE);
    }

    /** As many generations, on the media in turn, each upon the one before. */
    private void make(int count, String... on) throws IOException {
        String last = chain.full(store, on[0]);
        for (int i = 1; i < count; i++) {
            last = chain.upon(store, on[i % on.length], last);
        }
    }

    /** Checks that a merge is refused, and that nothing has changed. */
    private void checkRefused(String from, String to, String medium, String... told) throws IOException {
        Map<String, Integer> before = sizes(m, logs);
        for (String each : told) {
            assertThatThrownBy(() -> merge(from, to, medium))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(each);
        }
        assertThat(sizes(m, logs)).isEqualTo(before);
    }

    private static Map<String, Integer> sizes(MemoryDriver... drivers) {
        return Stream.of(drivers)
                .flatMap(driver -> driver.names().stream()
                        .map(name -> Map.entry(
                                System.identityHashCode(driver) + name, Arrays.hashCode(driver.objects.get(name)))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Nested
    class Allowed {

        @Test
        void differentialsWithEachOther() throws IOException {
            make(5, "m");
            MergeReport report = merge("data@2", "data@4", null);
            assertThat(report.merged()).containsExactly("data@3", "data@2");
            assertThat(report.generation().parent()).isEqualTo("data@1");
            assertThat(report.generation()).isEqualTo(store.get("data@4"));
            assertThat(report.freedBytes()).isPositive();
            assertThat(report.laterBytes()).isZero();
            chain.check(store, "data@1", "data@4", "data@5");
            TestChain.checkNoGarbage(m, logs);
        }

        @Test
        void aFullOneWithDifferentials() throws IOException {
            make(4, "m", "logs");
            GenerationInfo before = store.get("data@3");
            GenerationInfo result = merge("data@1", "data@3", null).generation();
            assertThat(result.kind()).isEqualTo("full");
            assertThat(result.parent()).isNull();
            assertThat(result.instant()).isEqualTo(before.instant());
            assertThat(result.point()).isEqualTo(before.point());
            assertThat(result.blocks()).isEqualTo(before.blocks());
            chain.check(store, "data@3", "data@4");
            TestChain.checkNoGarbage(m, logs);
        }

        @Test
        void ontoAnotherMedium() throws IOException {
            make(4, "m");
            MergeReport report = merge("data@2", "data@3", "logs");
            assertThat(report.generation().medium()).isEqualTo("logs");
            assertThat(report.movedBytes()).isPositive();
            chain.check(store, "data@1", "data@3", "data@4");
            TestChain.checkNoGarbage(m, logs);
            assertThat(m.objects.keySet()).noneMatch(name -> name.startsWith("data@3/"));
        }

        /** A move: a merge of one. */
        @Test
        void aSingleOneOntoAnotherMedium() throws IOException {
            make(3, "m");
            MergeReport report = merge("data@2", "data@2", "logs");
            assertThat(report.merged()).isEmpty();
            assertThat(report.generation().parent()).isEqualTo("data@1");
            chain.check(store, "data@1", "data@2", "data@3");
            merge("data@2", "data@2", "m");
            merge("data@2", "data@2", "logs");
            chain.check(store, "data@1", "data@2", "data@3");
            TestChain.checkNoGarbage(m, logs);
            assertThat(logs.objects).containsKey("data@2/manifest-3");
            checkRefused("data@2", "data@2", "logs", "is on medium 'logs' already");
        }

        /** The home remembers where it is now, and where it may be if the move comes to nothing. */
        @Test
        void whatHasMovedIsNeededFromWhereItIsNow() throws IOException {
            make(2, "m");
            MemoryDriver third = new MemoryDriver();
            media.add("third", third, "");
            merge("data@2", "data@2", "logs");
            media.stop("logs");
            assertThatThrownBy(() -> store.remove("data@1")).hasMessageContaining("data@2 on medium 'logs', which is");
            media.add("logs", logs, "");
            third.fault = what -> {
                if (what.startsWith("commit data@2/manifest")) {
                    media.stop("logs");
                    throw new IOException("Input/output error");
                }
            };
            assertThatThrownBy(() -> merge("data@2", "data@2", "third")).hasMessageContaining("Input/output error");
            third.fault = what -> {};
            assertThatThrownBy(() -> store.remove("data@1")).hasMessageContaining("data@2 on medium 'logs', which is");
            media.add("logs", logs, "");
            chain.check(store, "data@1", "data@2");
            merge("data@1", "data@2", "third");
            chain.check(store, "data@2");
            TestChain.checkNoGarbage(m, logs, third);
        }

        /** What builds upon the newest one knows it still, by whatever manifest it knew it. */
        @Test
        void againAndAgainWithChildrenOfEachTime() throws IOException {
            make(2, "m");
            String child = chain.upon(store, "logs", "data@2");
            merge("data@1", "data@2", null);
            String second = chain.upon(store, "m", "data@2");
            merge("data@2", "data@2", "logs");
            String third = chain.upon(store, "m", "data@2");
            chain.check(store, "data@2", child, second, third);
            assertThatThrownBy(() -> store.remove("data@2"))
                    .hasMessageContaining(child)
                    .hasMessageContaining(second)
                    .hasMessageContaining(third);
            assertThatThrownBy(() -> merge("data@2", third, null)).hasMessageContaining("others build upon it");
            store.remove(child);
            store.remove(second);
            merge("data@2", third, "logs");
            chain.check(store, third);
            store.remove(third);
            assertThat(m.names()).isEmpty();
            assertThat(logs.names()).isEmpty();
        }

        @Test
        void anImageAndALogKeptApart() throws IOException {
            chain.disk.layout = Layout.IMAGE;
            String first = chain.fullWithLog(store, "m", "logs");
            String second = chain.upon(store, "m", first);
            MergeReport report = merge(first, second, null);
            assertThat(report.recodedBytes()).isPositive();
            assertThat(report.generation().layout()).isEqualTo("packed");
            chain.check(store, second);
            assertThat(logs.names()).isEmpty();
            TestChain.checkNoGarbage(m, logs);
        }
    }

    @Nested
    class Refused {

        @Test
        void whatIsNoNeighbours() throws IOException {
            make(3, "m");
            checkRefused("data@3", "data@2", null, "data@2 does not build upon 'data@3', but upon data@1");
            checkRefused("data@9", "data@3", null, "data@3 does not build upon 'data@9'");
            checkRefused("data@1", "data@9", null, "there is no generation 'data@9'");
            checkRefused("data@1", "data@1", null, "is on medium 'm' already");
            checkRefused("data@1", "data@3", "none", "no medium 'none'");
        }

        @Test
        void aChildOfTheMiddle() throws IOException {
            make(3, "m");
            String other = chain.upon(store, "logs", "data@2");
            checkRefused("data@1", "data@3", null, "data@2 would be gone", other + " on medium 'logs'");
            checkRefused("data@2", "data@3", "logs", other + " on medium 'logs'");
            merge("data@1", "data@2", null);
            chain.check(store, "data@2", "data@3", other);
        }

        @Test
        void aChildOfTheMiddleOnAMediumThatIsAway() throws IOException {
            make(3, "m");
            String other = chain.upon(store, "logs", "data@2");
            media.stop("logs");
            checkRefused("data@1", "data@3", null, other + " on medium 'logs', which is not there now");
        }

        /** Also if the home knows nothing of it. */
        @Test
        void whatCannotBeReadMayBeAChild() throws IOException {
            make(3, "m");
            String other = chain.upon(store, "logs", "data@2");
            logs.objects.put(other + "/manifest", new byte[5]);
            checkRefused("data@1", "data@3", null, other + " on medium 'logs', whose manifest cannot be read");
            Path fresh = Files.createDirectory(home.resolve("fresh"));
            try (GenerationStore another = new GenerationStore(media, fresh, 1)) {
                assertThatThrownBy(() -> another.merge(new MergeRequest("data@1", "data@3", null), Progress.NONE))
                        .hasMessageContaining("it cannot be told whether " + other + " on medium 'logs' builds upon");
            }
        }

        @Test
        void whatIsInUseByItsOwnName() throws IOException {
            make(3, "m");
            try (GenerationReader reader = store.open("data@2")) {
                checkRefused("data@1", "data@3", null, "data@2 is in use, and would be gone");
                chain.checkContent(reader);
            }
            try (GenerationWriter writer = store.create(chain.disk.request("logs", "data@2", null))) {
                checkRefused("data@1", "data@3", null, "data@2 is in use");
            }
            merge("data@1", "data@3", null);
            chain.check(store, "data@3");
        }

        @Test
        void whatIsHeldButTheNewest() throws IOException {
            make(3, "m");
            store.hold("data@2", "disk x");
            store.hold("data@2", "disk x");
            store.hold("data@3", "disk y");
            checkRefused("data@1", "data@3", null, "data@2 cannot be merged into data@3: it is held by disk x");
            try (GenerationStore later = new GenerationStore(media, home, 1)) {
                assertThat(later.holds()).isEqualTo(Map.of("data@2", List.of("disk x"), "data@3", List.of("disk y")));
                assertThatThrownBy(() -> later.remove("data@3")).hasMessageContaining("held by disk y");
            }
            store.release("data@2", "disk x");
            store.release("data@2", "nobody");
            merge("data@1", "data@3", "logs");
            chain.check(store, "data@3");
            assertThatThrownBy(() -> store.remove("data@3")).hasMessageContaining("held by disk y");
            assertThatThrownBy(() -> store.hold("data@2", "disk x")).hasMessageContaining("no generation 'data@2'");
            assertThat(store.holds()).containsOnlyKeys("data@3");
            store.release("data@3", "disk y");
            store.remove("data@3");
        }

        @Test
        void whatIsDamagedOrAway() throws IOException {
            make(4, "m", "logs");
            byte[] index = m.objects.remove("data@3/index");
            checkRefused("data@2", "data@4", null, "data@3/index is missing");
            m.objects.put("data@3/index", index);
            media.stop("m");
            checkRefused("data@2", "data@4", null, "generation data@3", "was on medium 'm'");
            media.add("m", m, "");
            byte[] manifest = m.objects.put("data@3/manifest", new byte[9]);
            checkRefused("data@2", "data@4", null, "generation data@3", "is not what it was");
            m.objects.put("data@3/manifest", manifest);
            media.stop("m");
            media.add("m", m, "");
            merge("data@2", "data@4", null);
            chain.check(store, "data@1", "data@4");
        }

        @Test
        void allElseWhileItIsBeingMerged() throws IOException {
            make(4, "m");
            store.merge(new MergeRequest("data@2", "data@3", "logs"), new AtPhase("writing the index", () -> {
                assertThatThrownBy(() -> store.open("data@2"))
                        .hasMessageContaining("data@2 is being merged into data@3");
                assertThatThrownBy(() -> store.create(chain.disk.request("m", "data@2", null)))
                        .hasMessageContaining("data@2 is being merged into data@3");
                assertThatThrownBy(() -> store.hold("data@2", "x")).hasMessageContaining("is being merged");
                assertThat(store.holds()).isEmpty();
                for (String id : List.of("data@2", "data@3")) {
                    assertThatThrownBy(() -> store.remove(id)).isInstanceOf(IOException.class);
                }
                assertThatThrownBy(() -> merge("data@1", "data@2", null)).hasMessageContaining("is being merged");
                assertThatThrownBy(() -> merge("data@3", "data@4", null)).hasMessageContaining("data@3");
                chain.checkContent(store, "data@3");
                chain.checkContent(store, "data@4");
                String child = chain.upon(store, "m", "data@3");
                chain.checkContent(store, child);
            }));
            chain.check(store, "data@1", "data@3", "data@4", "data@5");
            TestChain.checkNoGarbage(m, logs);
        }

        @Test
        void nothingChangesWhenItIsCancelled() throws IOException {
            make(3, "m", "logs");
            Set<String> before = sizes(m, logs).keySet();
            AtPhase cancel = new AtPhase("writing the index", () -> {
                throw new CancellationException();
            });
            assertThatThrownBy(() -> store.merge(new MergeRequest("data@1", "data@3", "logs"), cancel))
                    .isInstanceOf(CancellationException.class);
            assertThat(sizes(m, logs).keySet()).isEqualTo(before);
            chain.check(store, "data@1", "data@2", "data@3");
        }
    }
}
