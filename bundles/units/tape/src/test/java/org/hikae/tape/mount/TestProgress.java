package org.hikae.tape.mount;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.hikae.api.job.Progress;

/** Remembers what it was told, and can be cancelled. */
final class TestProgress implements Progress {

    private final List<String> phases = new ArrayList<>();
    private final List<Runnable> actions = new ArrayList<>();
    private boolean cancelled;

    @Override
    public synchronized void phase(String phase) {
        phases.add(phase);
        notifyAll();
    }

    /** Waits until a phase says that. */
    synchronized void awaitPhase(String part) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + 20_000_000_000L;
        while (phases.stream().noneMatch(phase -> phase.contains(part))) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new TimeoutException("no phase '" + part + "' in " + phases);
            }
            wait(left);
        }
    }

    synchronized List<String> phases() {
        return List.copyOf(phases);
    }

    void cancel() {
        List<Runnable> all;
        synchronized (this) {
            cancelled = true;
            all = List.copyOf(actions);
            actions.clear();
        }
        all.forEach(Runnable::run);
    }

    @Override
    public void total(long bytes) {}

    @Override
    public void advance(long bytes) {}

    @Override
    public synchronized void check() {
        if (cancelled) {
            throw new CancellationException("cancelled by the test");
        }
    }

    @Override
    public void pass(Check check) {
        check();
    }

    @Override
    public synchronized void onCancel(Runnable action) {
        if (!cancelled) {
            actions.add(action);
            return;
        }
        action.run();
    }
}
