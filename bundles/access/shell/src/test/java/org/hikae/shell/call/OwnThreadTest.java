package org.hikae.shell.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OwnThreadTest {

    private final Cancellation cancellation = new Cancellation();

    @Test
    void passesOnWhatIsReturnedAndThrown() throws Exception {
        assertThat(OwnThread.<String>run(
                        "x", cancellation, () -> Thread.currentThread().getName()))
                .isEqualTo("hikae-command x");
        assertThatThrownBy(() -> OwnThread.run("x", cancellation, () -> {
                    throw new IOException("full");
                }))
                .hasMessage("full");
        assertThatThrownBy(() -> OwnThread.run("x", cancellation, () -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);
    }

    @Test
    void anInterruptCancelsAndDoesNotReachTheCommand() throws Exception {
        AtomicBoolean reached = new AtomicBoolean();
        CountDownLatch cancelled = new CountDownLatch(1);
        cancellation.onCancel(cancelled::countDown);
        Thread.currentThread().interrupt();
        String result = OwnThread.run("x", cancellation, () -> {
            cancelled.await();
            reached.set(Thread.currentThread().isInterrupted());
            return "tidied up";
        });
        assertThat(Thread.interrupted()).as("the shell learns of its interrupt").isTrue();
        assertThat(result).isEqualTo("tidied up");
        assertThat(reached).isFalse();
    }

    @Test
    void actionsOfACancelledCommandRunAtOnce() {
        cancellation.cancel();
        AtomicBoolean ran = new AtomicBoolean();
        cancellation.onCancel(() -> ran.set(true));
        assertThat(ran).isTrue();
        assertThatThrownBy(cancellation::check).isInstanceOf(java.util.concurrent.CancellationException.class);
    }
}
