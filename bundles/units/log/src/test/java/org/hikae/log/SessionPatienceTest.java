package org.hikae.log;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.Overload;
import org.junit.jupiter.api.Test;

/** How long a full log medium is tried again. */
class SessionPatienceTest {

    private static final IOException FULL = new IOException("no space left on m1");

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    private static Session session(Overload overload) throws IOException {
        return new FakeStrategy().begin(BlockSet.range(0, 10), overload);
    }

    private SessionPatience holding(Duration limit) throws IOException {
        return new SessionPatience(session(Overload.holdWrites(limit)), now::get);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void nothingIsWaitedForWhereWritersAreNotHeld() throws IOException {
        SessionPatience patience = new SessionPatience(session(Overload.FAIL_BACKUP), now::get);
        assertThatThrownBy(() -> patience.await(FULL)).isSameAs(FULL);
    }

    @Test
    void itEndsWithTheLimitWhetherOrNotAnybodyWaits() throws IOException {
        SessionPatience patience = holding(Duration.ofSeconds(2));
        for (int i = 0; i < 4; i++) {
            assertThatCode(() -> patience.await(FULL)).doesNotThrowAnyException();
            pass(Duration.ofMillis(500));
        }
        assertThatThrownBy(() -> patience.await(FULL))
                .hasMessage("no space left on m1; writers were held for 2 s, and there was still no room")
                .hasCause(FULL);
    }

    /** There was room in between: what comes after is waited for anew. */
    @Test
    void theNextTimeTheMediumIsFullCountsAnew() throws IOException {
        SessionPatience patience = holding(Duration.ofSeconds(2));
        patience.await(FULL);
        pass(Duration.ofMillis(1100));
        patience.await(FULL);
        pass(Duration.ofSeconds(5));
        assertThatCode(() -> patience.await(FULL)).doesNotThrowAnyException();
    }

    @Test
    void aSessionThatHasFailedWaitsForNothing() throws IOException {
        Session session = session(Overload.holdWrites(Duration.ofHours(1)));
        SessionPatience patience = new SessionPatience(session, now::get);
        patience.await(FULL);
        session.fail("cancelled", null);
        assertThatThrownBy(() -> patience.await(FULL)).isSameAs(FULL);
    }

    @Test
    void aSessionThatIsClosedWaitsForNothing() throws IOException {
        Session session = session(Overload.holdWrites(Duration.ofHours(1)));
        SessionPatience patience = new SessionPatience(session, now::get);
        session.close();
        assertThatThrownBy(() -> patience.await(FULL)).isSameAs(FULL);
    }

    @Test
    void whoIsInterruptedWaitsNoMore() throws IOException {
        SessionPatience patience = holding(Duration.ofHours(1));
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> patience.await(FULL)).isSameAs(FULL);
        } finally {
            Thread.interrupted();
        }
    }
}
