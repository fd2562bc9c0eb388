package org.hikae.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstFailureTest {

    private final List<String> done = new ArrayList<>();
    private final FirstFailure failures = new FirstFailure();

    private void attempt(String what, String failure) throws IOException {
        done.add(what);
        if (failure != null) {
            throw new IOException(failure);
        }
    }

    @Test
    void allIsDoneAndTheFirstFailureIsToldWithTheOthers() {
        failures.collect(() -> attempt("a", null));
        failures.collect(() -> attempt("b", "first"));
        failures.collect(() -> attempt("c", "second"));
        failures.collect(() -> attempt("d", null));
        assertThat(done).containsExactly("a", "b", "c", "d");
        assertThatThrownBy(failures::end)
                .isInstanceOf(IOException.class)
                .hasMessage("first")
                .satisfies(
                        e -> assertThat(e.getSuppressed()).singleElement().hasToString("java.io.IOException: second"));
    }

    @Test
    void withoutOneNothingIsTold() {
        failures.collect(() -> attempt("a", null));
        assertThatCode(failures::end).doesNotThrowAnyException();
    }
}
