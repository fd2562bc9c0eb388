package org.hikae.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancellationTest {
    private final List<String> done = new ArrayList<>();
    private final Cancellation cancellation = new Cancellation(() -> done.add("otherwise"));

    @Test
    void runsWhatCommandsAskedForOnce() {
        cancellation.accept(() -> done.add("one"));
        cancellation.accept(() -> {
            throw new IllegalStateException("one that fails keeps no other from running");
        });
        cancellation.accept(() -> done.add("two"));

        cancellation.cancel();
        cancellation.cancel();

        assertThat(done).containsExactly("one", "two");
    }

    @Test
    void whatComesTooLateRunsAtOnce() {
        cancellation.cancel();
        cancellation.accept(() -> done.add("late"));

        assertThat(done).containsExactly("otherwise", "late");
    }
}
