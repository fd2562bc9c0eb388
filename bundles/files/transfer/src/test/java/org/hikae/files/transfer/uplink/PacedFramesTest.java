package org.hikae.files.transfer.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Random;
import java.util.concurrent.Flow;
import org.hikae.files.transfer.message.Protocol;
import org.hikae.files.transfer.run.FrameCodec;
import org.hikae.files.transfer.run.FrameHeader;
import org.hikae.files.transfer.run.FrameReader;
import org.junit.jupiter.api.Test;

/** All on the test's own thread. */
class PacedFramesTest {
    private final Random random = new Random(1);
    private final byte[] raw = new byte[FrameHeader.FULL_RAW];
    private boolean closed;

    /** Frames without end, each a full one that does not get smaller. */
    private final class Endless implements ReadableByteChannel {
        private final FrameCodec codec = new FrameCodec();
        private long next;
        private ByteBuffer frame = ByteBuffer.allocate(0);

        @Override
        public int read(ByteBuffer to) {
            if (!frame.hasRemaining()) {
                frame = codec.encode(next++, 7, ByteBuffer.wrap(raw)).bytes();
            }
            int count = Math.min(to.remaining(), frame.remaining());
            to.put(frame.slice().limit(count));
            frame.position(frame.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return !closed;
        }

        @Override
        public void close() {
            closed = true;
            codec.close();
        }
    }

    /** Wants everything. */
    private static class Taker implements Flow.Subscriber<ByteBuffer> {
        long taken;
        boolean complete;
        Throwable failure;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer item) {
            taken += item.remaining();
        }

        @Override
        public void onError(Throwable throwable) {
            failure = throwable;
        }

        @Override
        public void onComplete() {
            complete = true;
        }
    }

    private PacedFrames frames(long from) {
        random.nextBytes(raw);
        return new PacedFrames(new FrameReader(new Endless()), from, 0, Runnable::run);
    }

    @Test
    void endWithAPart() {
        Taker taker = new Taker();
        PacedFrames frames = frames(0);
        frames.subscribe(taker);
        int frame = FrameHeader.LENGTH + FrameHeader.FULL_RAW;
        assertThat(taker.taken).isEqualTo(63L * frame).isLessThanOrEqualTo(Protocol.MAX_PART);
        assertThat(frames.sent()).isEqualTo(taker.taken);
        assertThat(taker.complete).isTrue();
        assertThat(frames.isEnded()).isTrue();
        assertThat(closed).isTrue();
    }

    @Test
    void endBehindTheFrameInWhichTheyAreStopped() {
        PacedFrames frames = frames(0);
        Taker taker = new Taker() {
            @Override
            public void onNext(ByteBuffer item) {
                super.onNext(item);
                frames.rate(Long.MAX_VALUE);
                frames.stop();
            }
        };
        frames.subscribe(taker);
        assertThat(taker.taken).isEqualTo(FrameHeader.LENGTH + FrameHeader.FULL_RAW);
        assertThat(taker.complete).isTrue();
        assertThat(closed).isTrue();
    }

    @Test
    void endAtOnceWhenNobodyWantsThem() {
        PacedFrames frames = frames(0);
        Taker taker = new Taker() {
            @Override
            public void onNext(ByteBuffer item) {
                super.onNext(item);
                frames.cancel();
            }
        };
        frames.subscribe(taker);
        assertThat(taker.complete).isFalse();
        assertThat(taker.failure).isNull();
        assertThat(closed).isTrue();
    }

    @Test
    void areOnlyThoseThatWereAskedFor() {
        Taker taker = new Taker();
        PacedFrames frames = frames(3);
        frames.subscribe(taker);
        assertThat(taker.failure).hasMessage("frame 0 instead of frame 3");
        assertThat(frames.failure()).isSameAs(taker.failure);
        assertThat(closed).isTrue();
    }

    @Test
    void areSentOnce() {
        PacedFrames frames = frames(0);
        frames.subscribe(new Taker());
        Taker second = new Taker();
        frames.subscribe(second);
        assertThat(second.failure).hasMessage("these frames are sent once");
    }

    @Test
    void areClosedIfNobodyCame() throws IOException {
        PacedFrames frames = frames(0);
        frames.abandon();
        assertThat(closed).isTrue();
        Taker late = new Taker();
        frames.subscribe(late);
        assertThat(late.failure).isNotNull();
    }
}
