package org.hikae.files.center.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.hikae.api.files.Reach;
import org.hikae.files.center.Lab;
import org.hikae.files.transfer.uplink.Uplink;
import org.junit.jupiter.api.Test;

/** A list at a relay that has some versions itself, while others are above alone (R25). */
class RelayListTest extends RelayFixture {

    @Test
    void whatIsListedIsTheStateThatBothTellTogether() throws IOException {
        assertThat(names(versions(null, false)))
                .containsExactlyInAnyOrder("/d@1", "/d/changed@2", "/d/kept@1", "/d/touched@1", "/d/new@2");
        assertThat(names(versions(TestRun.taken(1), false)))
                .containsExactlyInAnyOrder("/d@1", "/d/changed@1", "/d/gone@1", "/d/kept@1", "/d/touched@1");
        assertThat(names(versions(null, true)))
                .containsExactlyInAnyOrder(
                        "/d@1",
                        "/d/changed@1-2",
                        "/d/changed@2",
                        "/d/gone@1-2",
                        "/d/kept@1",
                        "/d/touched@1",
                        "/d/new@2");
    }

    /** Each page asks anew, and nothing is passed over between two of them. */
    @Test
    void nothingIsPassedOverWhereOtherCentersAnswerBetweenPages() throws IOException {
        for (boolean all : new boolean[] {false, true}) {
            upper.lessLater = false;
            List<String> before = names(versions(null, all));
            upper.asked = 0;
            upper.lessLater = true;
            assertThat(names(versions(null, all))).isEqualTo(before);
        }
    }

    /** What is above is listed by path, and a run may be handed on meanwhile that has another version of the last path of a page. */
    @Test
    void nothingIsPassedOverWhereAnotherVersionTakesThePlaceOfTheLastOne() throws IOException {
        upper.beforeSecond = () -> center.sendAll(TestRun.make("alice", "docs", 2, 1)
                .file("/d/changed", 0644, NEW)
                .file("/d/gone", 0644, NEW)
                .file("/d/kept", 0644, NEW)
                .end());
        assertThat(names(versions(TestRun.taken(9), false))).contains("/d@1", "/d/touched@1");
        assertThat(upper.asked).isGreaterThan(1);
    }

    /** The center above says what it had before the run came, and here that is not any more. */
    @Test
    void aRunThatIsHandedOnWhileItIsListedIsNotPassedOver() throws IOException {
        upper.afterFirst = () -> {
            center.sendAll(two);
            relay.store.release(two.info().id());
        };
        assertThat(names(versions(null, false)))
                .contains("/d@1", "/d/changed@2", "/d/kept@1", "/d/touched@2", "/d/new@2")
                .doesNotContain("/d/gone@1");
    }

    /** As its relay has not begun yet, say. */
    @Test
    void whereNobodyCanAskWhatWasHandedOnThatIsNotPassedOver() throws Exception {
        try (Lab own = new Lab(Files.createDirectory(folder.resolve("own")), relay.store, null);
                Uplink client = uplink(own)) {
            assertThatThrownBy(() -> reach(client, null, 1000)).hasMessageContaining("handed on");
            assertThatThrownBy(() -> reach(client, TestRun.taken(2), 1000)).hasMessageContaining("handed on");
            relay.sendAll(TestRun.make("alice", "docs", 3, 0)
                    .file("/d/kept", 0600, NEW)
                    .end());
            assertThat(reach(client, null, 1000)).containsExactly(Map.of("docs", new Reach(3, 3, false)));
            assertThatThrownBy(() -> reach(client, TestRun.taken(2), 1000)).hasMessageContaining("handed on");
        }
    }

    @Test
    void howFarItReachesIsSaidOfBothTogether() throws IOException {
        assertThat(reach(null)).containsExactly(Map.of("docs", new Reach(2, 2, false)));
        assertThat(upper.told).containsExactly(Map.entry("docs", 1L));
        assertThat(reach(TestRun.taken(1))).containsExactly(Map.of("docs", new Reach(1, 1, false)));
        relay.sendAll(
                TestRun.make("alice", "docs", 5, 0).file("/d/kept", 0600, NEW).end());
        assertThat(reach(TestRun.taken(4))).containsExactly(Map.of("docs", new Reach(2, 5, true)));
    }

    @Test
    void aCenterSaysWithEachPageHowFarItReaches() throws Exception {
        center.sendAll(
                TestRun.make("alice", "docs", 4, 0).file("/d/kept", 0600, NEW).end());
        try (Lab own = new Lab(Files.createDirectory(folder.resolve("own")), center.store, null);
                Uplink client = uplink(own)) {
            Map<String, Reach> then = Map.of("docs", new Reach(1, 4, true));
            assertThat(reach(client, TestRun.taken(1), 3)).containsExactly(then, then);
            assertThat(reach(client, null, 3)).containsExactly(Map.of("docs", new Reach(4, 4, false)));
        }
    }

    @Test
    void aFullRunThatIsStillHereEndsWhatIsAboveAndItDoesNotName() throws IOException {
        relay.sendAll(
                TestRun.make("alice", "docs", 3, 0).file("/d/kept", 0600, NEW).end());
        assertThat(names(versions(null, false))).containsExactly("/d/kept@3");
        assertThat(names(versions(TestRun.taken(2), false)))
                .contains("/d/kept@1", "/d/changed@2-3")
                .doesNotContain("/d/gone@1");
    }

    /** Page by page it would be asked for as often as it makes pages. */
    @Test
    void whatIsAboveAndAllEndedIsAskedForOnce() throws IOException {
        relay.sendAll(
                TestRun.make("alice", "docs", 3, 0).file("/d/other", 0600, NEW).end());
        upper.asked = 0;
        assertThat(names(versions(null, false))).containsExactly("/d/other@3");
        assertThat(upper.asked).isEqualTo(1);
    }

    @Test
    void ifWhoIsAboveIsAwayItIsSaid() {
        upper.away = new IOException("the center above at https://up:7443 cannot be asked: it is away");
        assertThatThrownBy(() -> versions(null, false))
                .hasMessageContaining("https://up:7443")
                .hasMessageContaining("away");
    }
}
