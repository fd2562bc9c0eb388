package org.hikae.files.center.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.hikae.api.backup.Retention;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.job.Progress;
import org.hikae.files.center.store.CenterStore.Query;
import org.junit.jupiter.api.Test;

/** Runs that are dropped by retention, or released by a relay. */
class RemovalTest extends StoreFixture {

    /** A file that was not changed for long is with the centers above, however many runs were released since. */
    @Test
    void contentOfRunsThatAreNotRememberedAnyMoreIsReferredTo() throws IOException {
        rig.sendAll(TestRun.make("a", "docs", 1, 0).file("/x", 0, SMALL).end());
        rig.store.release(new RunId("a", "docs", 1));
        int number = 2;
        for (; number < 110; number++) {
            rig.sendAll(TestRun.make("a", "docs", number, number - 1).end());
            rig.store.release(new RunId("a", "docs", number));
        }
        TestRun next = TestRun.make("a", "docs", number, number - 1)
                .same("/x", 1, SMALL.length, 1, "/x")
                .end();
        assertThat(rig.sendAll(next).complete()).isTrue();
        assertThat(rig.frames(next.info(), 0)).isEqualTo(concat(next.frames()));
    }

    /** What a run has not itself, since that was handed on before it, those above it have all the same. */
    @Test
    void contentOfRunsThatOthersHaveIsReferredToThroughRunsThatAreHere() throws IOException {
        for (boolean releasedFirst : new boolean[] {true, false}) {
            for (boolean rebuilt : new boolean[] {true, false}) {
                TestRun one =
                        TestRun.make("a", "docs", 1, 0).file("/x", 0, SMALL).end();
                TestRun two = TestRun.make("a", "docs", 2, 1)
                        .same("/x", 1, SMALL.length, 1, "/x")
                        .end();
                rig.sendAll(one);
                if (releasedFirst) {
                    rig.store.release(one.info().id());
                    rig.sendAll(two);
                } else {
                    rig.sendAll(two);
                    rig.store.release(one.info().id());
                }
                if (rebuilt) {
                    rig.restartWithoutTables();
                }
                TestRun three = TestRun.make("a", "docs", 3, 2)
                        .same("/x", 2, SMALL.length, 2, "/x")
                        .end();
                assertThat(rig.sendAll(three).complete()).isTrue();
                assertThat(rig.frames(three.info(), 0)).isEqualTo(concat(three.frames()));
                close();
                open();
            }
        }
    }

    /** Nothing was handed on: what is not here is nowhere (R22). */
    @Test
    void contentThatIsInNoListIsNotTakenForOthers() throws IOException {
        rig.sendAll(TestRun.make("a", "docs", 1, 0).file("/x", 0, SMALL).end());
        rig.store.release(new RunId("a", "docs", 1));
        rig.sendAll(TestRun.make("a", "docs", 2, 1).file("/y", 0, SMALL).end());
        TestRun three = TestRun.make("a", "docs", 3, 2)
                .same("/x", 1, SMALL.length, 2, "/x")
                .end();
        assertThatThrownBy(() -> rig.sendAll(three)).isInstanceOf(MissingReferenceException.class);
    }

    /** Tables that are made anew meanwhile have another client's row under the same id (I8). */
    @Test
    void aRebuildMeanwhileDoesNotLeadToAnotherClient() throws IOException {
        for (int step = 0; step < 4; step++) {
            for (String origin : List.of("z", "a")) {
                for (int number = 1; number <= 3; number++) {
                    rig.sendAll(TestRun.make(origin, "docs", number, number - 1)
                            .file("/x", number, SMALL)
                            .end());
                }
            }
            rig.store.retain("z", new Retention(1, 0, 0, 0, 0, 0), rebuildingAt(step));
            for (int i = 0; i < 2; i++) {
                assertThat(paths(ALL)).containsExactly("/x@1", "/x@2", "/x@3");
                assertThat(paths(new Query("z", null, null, false, null, true))).containsExactly("/x@3");
                rig.restartWithoutTables();
            }
            close();
            open();
        }
    }

    /** Rebuilds the tables once, when it is asked for the so-manieth time whether it was cancelled. */
    private Progress rebuildingAt(int step) {
        int[] left = {step};
        return (Progress) Proxy.newProxyInstance(
                Progress.class.getClassLoader(), new Class<?>[] {Progress.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("check") && left[0]-- == 0) {
                        rig.store.rebuild(Progress.NONE);
                    }
                    return null;
                });
    }

    /** What a dropped run has said must not come back, nor what it has ended. */
    @Test
    void droppedRunsDoNotComeBack() throws IOException {
        rig.sendAll(TestRun.make("a", "docs", 1, 0)
                .file("/x", 0, SMALL)
                .file("/y", 0, BIG)
                .end());
        rig.sendAll(
                TestRun.make("a", "docs", 2, 1).gone("/x").file("/z", 0, SMALL).end());
        rig.sendAll(TestRun.make("a", "docs", 3, 2).file("/z", 0, BIG).end());
        rig.sendAll(TestRun.make("a", "docs", 4, 3)
                .same("/y", 1, BIG.length, 1, "/y")
                .end());
        assertThat(rig.store
                        .retain("a", new Retention(2, 0, 0, 0, 0, 0), Progress.NONE)
                        .runs())
                .isEqualTo(2);
        for (int i = 0; i < 3; i++) {
            assertThat(paths(NOW)).containsExactly("/y@4", "/z@3");
            assertThat(paths(at(3))).containsExactly("/y@1", "/z@3");
            assertThat(paths(at(2))).isEmpty();
            assertThat(paths(ALL)).containsExactly("/y@1", "/y@4", "/z@3");
            assertThat(rig.restored(NOW).get("/y").content()).isEqualTo(BIG);
            assertThat(rig.stored(new RunId("a", "docs", 4)).complete()).isTrue();
            if (i == 0) {
                rig.restart();
            } else {
                rig.restartWithoutTables();
            }
        }
        rig.store.retain("a", new Retention(1, 0, 0, 0, 0, 0), Progress.NONE);
        rig.sendAll(TestRun.make("a", "docs", 5, 0).end());
        rig.store.retain("a", new Retention(1, 0, 0, 0, 0, 0), Progress.NONE);
        assertThat(paths(ALL)).isEmpty();
        assertThat(rig.medium().objects.keySet())
                .hasSize(2)
                .anyMatch(name -> name.startsWith("files/a/docs/0000000000000005."))
                .anyMatch(name -> name.startsWith("files/a/docs/runs."));
    }

    @Test
    void releasedRunsAreRememberedAndTheirContentGoes() throws IOException {
        TestRun one = first();
        rig.sendAll(one);
        TestRun two = TestRun.make("a", "docs", 2, 1)
                .same("/d/small", 1, SMALL.length, 1, "/d/small")
                .file("/new", 1, BIG)
                .end();
        rig.sendAll(two);
        assertThat(rig.store.runs()).hasSize(2);
        assertThat(rig.frames(one.info(), 1))
                .isEqualTo(concat(one.frames().subList(1, one.frames().size())));
        rig.store.release(one.info().id());
        rig.store.release(one.info().id());
        rig.store.release(new RunId("a", "docs", 77));
        for (int i = 0; i < 2; i++) {
            assertThat(rig.store.runs())
                    .extracting(RunInfo::id)
                    .containsExactly(two.info().id());
            assertThat(paths(ALL)).containsExactly("/new@2");
            assertThat(rig.stored(one.info().id()).complete()).isTrue();
            assertThatThrownBy(() -> rig.frames(one.info(), 0)).isInstanceOf(NoSuchFileException.class);
            assertThat(rig.medium().objects.keySet()).noneMatch(name -> name.contains("0000000000000001.0"));
            rig.restartWithoutTables();
        }
        rig.store.release(two.info().id());
        TestRun three = TestRun.make("a", "docs", 3, 2)
                .same("/d/small", 2, SMALL.length, 1, "/d/small")
                .end();
        assertThat(rig.sendAll(three).complete()).isTrue();
        assertThat(rig.frames(three.info(), 0)).isEqualTo(concat(three.frames()));
    }

    static byte[] concat(List<byte[]> frames) {
        ByteBuffer all = ByteBuffer.allocate(
                frames.stream().mapToInt(frame -> frame.length).sum());
        frames.forEach(all::put);
        return all.array();
    }
}
