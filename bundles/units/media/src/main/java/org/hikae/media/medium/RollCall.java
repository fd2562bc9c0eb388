package org.hikae.media.medium;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hikae.api.job.Reason;

/**
 * Asks all media the same at once, and waits for none longer than is decent: a medium that hangs must not hold up what
 * concerns the others. Until it has answered after all, it is not asked again. Thread-safe.
 */
public final class RollCall {

    /** How long a medium may take to say what is on it. */
    public static final Duration PATIENCE = Duration.ofSeconds(15);

    /** What is asked. */
    public interface Question<T> {
        T ask(UsableMedium medium) throws IOException;
    }

    /**
     * What a medium says.
     *
     * @param name name of the medium
     * @param medium null if it did not answer
     * @param value null if it did not answer
     * @param problem why it did not answer, in a sentence; null if it did
     */
    public record Answer<T>(String name, UsableMedium medium, T value, String problem) {

        public boolean isGiven() {
            return problem == null;
        }
    }

    /** As many as media are asked at once; they end when they have been idle for a while. */
    private static final Executor THREADS =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                Thread thread = new Thread(work, "hikae-roll-call");
                thread.setDaemon(true);
                return thread;
            });

    private final MediaAccess media;
    private final Duration patience;
    /** What media have not answered in time, by their names; guarded by this. */
    private final Map<String, FutureTask<?>> silent = new HashMap<>();

    public RollCall(MediaAccess media, Duration patience) {
        this.media = media;
        this.patience = patience;
    }

    /**
     * The answers of all media, in the order of their names.
     *
     * @throws IOException if it is not known which media there are
     */
    public <T> List<Answer<T>> ask(Question<T> question) throws IOException {
        List<String> names = media.names();
        List<FutureTask<Answer<T>>> tasks = new ArrayList<>();
        names.forEach(name -> tasks.add(isSilent(name) ? null : start(name, question)));
        long deadline = System.nanoTime() + patience.toNanos();
        List<Answer<T>> answers = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            answers.add(answer(names.get(i), tasks.get(i), deadline));
        }
        return answers;
    }

    private synchronized boolean isSilent(String name) {
        FutureTask<?> task = silent.get(name);
        if (task != null && task.isDone()) {
            silent.remove(name);
        }
        return silent.containsKey(name);
    }

    private <T> FutureTask<Answer<T>> start(String name, Question<T> question) {
        FutureTask<Answer<T>> task = new FutureTask<>(() -> {
            UsableMedium medium = media.open(name);
            return new Answer<>(name, medium, question.ask(medium), null);
        });
        THREADS.execute(task);
        return task;
    }

    private <T> Answer<T> answer(String name, FutureTask<Answer<T>> task, long deadline) throws IOException {
        try {
            if (task != null) {
                return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException e) {
            synchronized (this) {
                silent.put(name, task);
            }
        } catch (ExecutionException e) {
            return new Answer<>(name, null, null, Reason.of(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("nobody waits for the media any more");
        }
        return new Answer<>(
                name, null, null, "medium '" + name + "' has not answered for " + patience.toSeconds() + " s");
    }
}
