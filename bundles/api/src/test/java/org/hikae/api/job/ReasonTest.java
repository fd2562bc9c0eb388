package org.hikae.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class ReasonTest {

    @Test
    void isTheMessage() {
        assertThat(Reason.of(new IOException("the medium m is full"))).isEqualTo("the medium m is full");
        assertThat(Reason.of(new IOException("a\n  b\n"))).isEqualTo("a; b");
    }

    @Test
    void saysWhatFileExceptionsLeaveOut() {
        assertThat(Reason.of(new NoSuchFileException("/a"))).isEqualTo("/a: no such file or folder");
        assertThat(Reason.of(new AccessDeniedException("/a"))).isEqualTo("/a: permission denied");
        assertThat(Reason.of(new FileSystemException("/a", null, "No space left on device")))
                .isEqualTo("/a: No space left on device");
        assertThat(Reason.of(new ReadOnlyFileSystemException())).isEqualTo("the file system is read-only");
        assertThat(Reason.of(new ClosedChannelException())).isEqualTo("closed channel");
    }

    @Test
    void addsTheRootCauseOnlyWhereItAddsSomething() {
        IOException full = new IOException("No space left on device");
        assertThat(Reason.of(new IOException("d@3 cannot be written", full)))
                .isEqualTo("d@3 cannot be written: No space left on device");
        assertThat(Reason.of(new IOException("cannot write: no space left on device", full)))
                .isEqualTo("cannot write: no space left on device");
        assertThat(Reason.of(new ExecutionException(full))).isEqualTo("No space left on device");
        assertThat(Reason.of(new UncheckedIOException(full))).isEqualTo("No space left on device");
        assertThat(Reason.of(new IOException("a", new IOException("b", full)))).isEqualTo("a: No space left on device");
    }

    @Test
    void namesTheClassOfWhatNobodyForesaw() {
        assertThat(Reason.of(new NullPointerException("Cannot invoke x"))).startsWith("internal error NullPointer");
        assertThat(Reason.of(new IllegalStateException())).isEqualTo("internal error IllegalStateException");
        assertThat(Reason.of(new StackOverflowError())).isEqualTo("internal error StackOverflowError");
        assertThat(Reason.of(new OutOfMemoryError("Java heap space"))).isEqualTo("out of memory (Java heap space)");
    }

    @Test
    void endsForCausesInACircle() {
        Exception a = new Exception("a");
        a.initCause(new Exception("b", a));
        assertThat(Reason.of(a)).startsWith("a");
    }
}
