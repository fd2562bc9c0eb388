package org.hikae.files.center.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.center.Conditions;
import org.hikae.files.center.FakeStore;
import org.hikae.files.center.Lab;
import org.hikae.files.center.plan.Decision;
import org.hikae.files.center.store.CenterStore;
import org.junit.jupiter.api.Test;

/** A transfer alone, with a clock that goes by its sender. */
class SlowSenderTest {

    private final FakeStore store = new FakeStore();
    private long nanos;
    private Instant time = Instant.parse("2026-11-27T12:00:00Z");

    private final Reception.Surroundings around = new Reception.Surroundings() {
        @Override
        public CenterStore store() {
            return store;
        }

        @Override
        public Instant now() {
            return time;
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Supplier<Limits> limits() {
            return () -> new Limits(new Conditions(List.of(), 1, List.of(), 0, 0), Map.of());
        }

        @Override
        public List<Pacer> pacers(String origin) {
            return List.of();
        }

        @Override
        public void count(long bytes) {}
    };

    private Reception reception(RunInfo run, Instant until) {
        Decision decision = new Decision(run.id(), Decision.Kind.START, Pacer.UNLIMITED, until, false, null);
        return new Reception(new Order(run, decision, nanos), "alice", "::1", 0, around);
    }

    /** Gives a few bytes at a time, and lets time pass with each. */
    private class Trickle extends InputStream {

        private final byte[] bytes;
        private final int atOnce;
        private final long each;
        private int at;

        Trickle(byte[] bytes, int atOnce, long each) {
            this.bytes = bytes;
            this.atOnce = atOnce;
            this.each = each;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] to, int offset, int length) {
            if (at == bytes.length) {
                return -1;
            }
            nanos += each;
            time = time.plusNanos(each);
            int n = Math.min(Math.min(length, atOnce), bytes.length - at);
            System.arraycopy(bytes, at, to, offset, n);
            at += n;
            return n;
        }
    }

    @Test
    void whoSendsNextToNothingIsCutOffWithWhatCame() {
        RunInfo run = Lab.run("alice", 1, 0, 3, 40_000);
        byte[] body = Lab.frames(0, 3, 40_000);
        Outcome outcome = reception(run, Instant.MAX).receive(new Trickle(body, 900, 1_000_000_000L));
        assertThat(outcome.end()).isEqualTo(Outcome.End.CUT);
        assertThat(outcome.why()).contains("1 KiB");
        assertThat(outcome.stored().frames()).isEqualTo(1);
        assertThat(nanos).isEqualTo(60_000_000_000L);
    }

    @Test
    void whoIsJustFastEnoughIsNot() {
        RunInfo run = Lab.run("alice", 1, 0, 3, 40_000);
        byte[] body = Lab.frames(0, 3, 40_000);
        Outcome outcome = reception(run, Instant.MAX).receive(new Trickle(body, 1100, 1_000_000_000L));
        assertThat(outcome.end()).isEqualTo(Outcome.End.COMPLETE);
    }

    @Test
    void atItsEndAnOrderEndsAndWhatIsWholeIsKept() {
        RunInfo run = Lab.run("alice", 1, 0, 3, 40_000);
        byte[] body = Lab.frames(0, 3, 40_000);
        Outcome outcome = reception(run, time.plusSeconds(10)).receive(new Trickle(body, 10_000, 1_000_000_000L));
        assertThat(outcome.end()).isEqualTo(Outcome.End.PAUSED);
        // 100,000 bytes came: two frames are whole.
        assertThat(outcome.stored().frames()).isEqualTo(2);
    }

    @Test
    void whatCannotBeStoredSaysSo() {
        RunInfo run = Lab.run("alice", 1, 0, 2, 1000);
        store.failure = new IOException("no space");
        Outcome outcome = reception(run, Instant.MAX).receive(new Trickle(Lab.frames(0, 2, 1000), 5000, 1));
        assertThat(outcome.end()).isEqualTo(Outcome.End.FAILED);
        assertThat(outcome.why()).contains("no space");
        store.failure = null;
        assertThat(reception(run, Instant.MAX)
                        .receive(new Trickle(Lab.frames(0, 2, 1000), 5000, 1))
                        .end())
                .isEqualTo(Outcome.End.COMPLETE);
    }

    @Test
    void whatComesAfterItWasEndedIsNotTaken() {
        RunInfo run = Lab.run("alice", 1, 0, 3, 1000);
        Reception reception = reception(run, Instant.MAX);
        byte[] body = Lab.frames(0, 3, 1000);
        int two = Lab.frames(0, 2, 1000).length;
        Outcome[] expired = new Outcome[1];
        Outcome outcome = reception.receive(new Trickle(body, two, 1) {
            @Override
            public int read(byte[] to, int offset, int length) {
                if (reception.next() == 2 && expired[0] == null) {
                    expired[0] = reception.expire("it is over");
                }
                return super.read(to, offset, length);
            }
        });
        assertThat(outcome).isSameAs(expired[0]);
        assertThat(outcome.end()).isEqualTo(Outcome.End.PAUSED);
        assertThat(store.stored(run).frames()).isEqualTo(2);
    }
}
