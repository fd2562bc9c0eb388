package org.hikae.api.job;

/**
 * For what progress a thread works. Waits that may last and that are far below whoever has a {@link Progress}, such as a read of
 * an object whose tape is away, ask it whether to go on. Thread-safe.
 */
public final class CurrentProgress {

    private static final ThreadLocal<Progress> CURRENT = new ThreadLocal<>();

    private CurrentProgress() {}

    /** That of this thread; {@link Progress#NONE} unless it has entered one. */
    public static Progress get() {
        Progress current = CURRENT.get();
        return current == null ? Progress.NONE : current;
    }

    /**
     * Lets this thread work for a progress; a job's own thread does so for its job. Whoever starts threads of its own hands {@link #get}
     * on to them.
     *
     * @return ends it, when closed by the same thread
     */
    public static Entered enter(Progress progress) {
        Progress before = CURRENT.get();
        CURRENT.set(progress);
        return () -> {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        };
    }

    /** A thread's work for a progress. */
    @FunctionalInterface
    public interface Entered extends AutoCloseable {

        @Override
        void close();
    }
}
