package org.hikae.tapekit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.hikae.api.tape.spi.TapeMediumException;

/**
 * What goes wrong in drives and libraries: said beforehand ({@link #fail} and so on), by chance ({@link #random}), or at once
 * ({@link #breakDrive}). Thread-safe.
 */
public final class Faults {

    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    /** Numbers of the drives that do nothing any more; guarded by this. */
    private final Set<Integer> broken = new HashSet<>();
    /** Calls that hang now; guarded by this. */
    private int hanging;
    /** How often all that hung was let go; guarded by this. */
    private int releases;
    /** Guarded by this; null: nothing happens by chance. */
    private Random random;

    private int oneIn;
    private Set<Call.Step> steps = Set.of();

    /** Calls of that kind fail: the cartridge is at fault. */
    public Fault fail(Call.Step step) {
        return fail(step, new TapeMediumException("a fault that was asked for"));
    }

    /** Calls of that kind fail with an exception like this one, which stands as the cause. */
    public Fault fail(Call.Step step, IOException like) {
        return add(new Fault(step, Fault.Effect.EXCEPTION, call -> Exceptions.like(like, call)));
    }

    /** Calls of that kind hang until they are cancelled, the library is closed, or everything is {@link #clear}ed. */
    public Fault hang(Call.Step step) {
        return add(new Fault(step, Fault.Effect.HANG, null));
    }

    /** Records that are written are followed by an early warning. */
    public Fault earlyWarning() {
        return add(new Fault(Call.Step.WRITE, Fault.Effect.EARLY_WARNING, null));
    }

    /** There is no room for a record. */
    public Fault endOfMedium() {
        return add(new Fault(Call.Step.WRITE, Fault.Effect.END_OF_MEDIUM, null));
    }

    private Fault add(Fault fault) {
        faults.add(fault);
        return fault;
    }

    /**
     * Calls fail by chance, as if the cartridge were at fault.
     *
     * @param seed the same one gives the same faults, if the calls are the same
     * @param oneCallIn how seldom, from 1
     */
    public synchronized void random(long seed, int oneCallIn, Call.Step... which) {
        random = new Random(seed);
        oneIn = oneCallIn;
        steps = Set.of(which);
    }

    /** From now on everything that is asked of a drive fails, and the cartridge is not to blame. */
    public synchronized void breakDrive(int number) {
        broken.add(number);
    }

    /** Undoes {@link #breakDrive}. */
    public synchronized void repairDrive(int number) {
        broken.remove(number);
    }

    /** Nothing goes wrong any more, and what hangs goes on. */
    public synchronized void clear() {
        faults.clear();
        broken.clear();
        random = null;
        releases++;
        notifyAll();
    }

    /**
     * Waits until a call hangs.
     *
     * @throws TimeoutException if none does
     */
    public synchronized void awaitHanging(Duration most) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + most.toNanos();
        while (hanging == 0) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new TimeoutException("nothing hangs");
            }
            wait(left);
        }
    }

    /** What happens before a call. */
    void before(Call call, BooleanSupplier cancelled) throws IOException {
        checkDrive(call.drive());
        for (Fault fault : faults) {
            boolean here = !fault.isLate();
            if (here && fault.effect() == Fault.Effect.EXCEPTION && fault.meets(call)) {
                throw fault.exception(call);
            } else if (here && fault.effect() == Fault.Effect.HANG && fault.meets(call)) {
                hang(cancelled);
            }
        }
        if (happens(call)) {
            throw Exceptions.like(new TapeMediumException("a fault by chance"), call);
        }
    }

    /** What happens after a call that was done. */
    void after(Call call) throws IOException {
        for (Fault fault : faults) {
            if (fault.isLate() && fault.effect() == Fault.Effect.EXCEPTION && fault.meets(call)) {
                throw fault.exception(call);
            }
        }
    }

    boolean meets(Fault.Effect effect, Call call) {
        boolean meets = false;
        for (Fault fault : faults) {
            meets |= fault.effect() == effect && fault.meets(call);
        }
        return meets;
    }

    /** How many of some things are done nevertheless before one fails. */
    synchronized int part(int all) {
        return random == null ? all / 2 : random.nextInt(all + 1);
    }

    private synchronized boolean happens(Call call) {
        return random != null && steps.contains(call.step()) && random.nextInt(oneIn) == 0;
    }

    synchronized void checkDrive(int number) throws IOException {
        if (broken.contains(number)) {
            throw new IOException("drive " + number + " does not answer");
        }
    }

    private synchronized void hang(BooleanSupplier cancelled) throws InterruptedIOException {
        int before = releases;
        hanging++;
        notifyAll();
        try {
            while (releases == before) {
                if (cancelled.getAsBoolean()) {
                    throw new InterruptedIOException("what the drive did was cancelled");
                }
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the drive hung");
        } finally {
            hanging--;
        }
    }

    /** Somebody was cancelled: those who hang look whether it was them. */
    synchronized void wake() {
        notifyAll();
    }
}
