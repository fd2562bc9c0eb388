package org.hikae.tape.recall;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.job.Progress;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.tape.mount.CartridgeAbsentException;
import org.hikae.tape.mount.Contents;
import org.hikae.tape.mount.Mounted;
import org.hikae.tape.mount.Mounts;
import org.hikae.tape.mount.Present;

/** Some drives, and cartridges that come and go. Those who wait are served in their order. */
final class FakeMounts implements Mounts {

    final AtomicLong clock = new AtomicLong();
    final List<FakeDrive> drives = new ArrayList<>();
    /** What was done, in its order. */
    final List<String> history = new ArrayList<>();
    /** All guarded by this. */
    private final Map<String, FakeTape> tapes = new HashMap<>();

    private final Set<String> absent = new HashSet<>();
    private final Set<FakeDrive> used = new HashSet<>();
    private final Set<String> inUse = new HashSet<>();
    private final Set<Object> queue = new LinkedHashSet<>();
    private final Set<FakeDrive> suspected = new LinkedHashSet<>();
    /** How long a drive is not wanted by others after it was mounted. */
    private long turn;

    private boolean patient;
    private String broken;

    FakeMounts(int number) {
        for (int i = 0; i < number; i++) {
            drives.add(new FakeDrive(i, clock));
        }
    }

    synchronized void add(FakeTape tape) {
        tapes.put(tape.barcode, tape);
    }

    synchronized void remove(String barcode) {
        absent.add(barcode);
    }

    synchronized void bring(String barcode) {
        absent.remove(barcode);
        notifyAll();
    }

    /** Whether one waits for what is absent. */
    synchronized void patient(boolean now) {
        patient = now;
        notifyAll();
    }

    synchronized void turn(long nanos) {
        turn = nanos;
    }

    /** Why nothing can be loaded; null: it can. */
    synchronized void broken(String why) {
        broken = why;
    }

    synchronized int waiting() {
        return queue.size();
    }

    synchronized int mounted() {
        return used.size();
    }

    synchronized List<String> history() {
        return List.copyOf(history);
    }

    synchronized Set<FakeDrive> suspected() {
        return Set.copyOf(suspected);
    }

    long jumps() {
        return drives.stream().mapToLong(drive -> drive.jumps.get()).sum();
    }

    long records() {
        return drives.stream().mapToLong(drive -> drive.records.get()).sum();
    }

    @Override
    public Mounted mount(String barcode, UUID volume, Purpose purpose, Progress progress) throws IOException {
        Object me = new Object();
        progress.onCancel(this::wake);
        synchronized (this) {
            queue.add(me);
            try {
                while (true) {
                    progress.check();
                    if (broken != null) {
                        throw new IOException(broken);
                    }
                    if (absent.contains(barcode)) {
                        progress.phase("cartridge " + barcode + " is in no library");
                        if (!patient) {
                            throw new CartridgeAbsentException("cartridge " + barcode + " is in no library");
                        }
                    } else {
                        FakeDrive drive = free(barcode, me);
                        if (drive != null) {
                            return take(drive, barcode);
                        }
                    }
                    wait();
                }
            } catch (InterruptedException e) {
                throw new CancellationException("interrupted");
            } finally {
                queue.remove(me);
                notifyAll();
            }
        }
    }

    private synchronized void wake() {
        notifyAll();
    }

    private FakeDrive free(String barcode, Object me) {
        if (inUse.contains(barcode)) {
            return null;
        }
        List<FakeDrive> free = new ArrayList<>(drives);
        free.removeAll(used);
        free.sort((a, b) -> Boolean.compare(suspected.contains(a), suspected.contains(b)));
        if (free.isEmpty() || !queue.iterator().next().equals(me) && free.size() == 1) {
            return null;
        }
        for (FakeDrive drive : free) {
            if (drive.tape != null && drive.tape.barcode.equals(barcode) && !suspected.contains(drive)) {
                return drive;
            }
        }
        return free.get(0);
    }

    private Mounted take(FakeDrive drive, String barcode) {
        FakeTape tape = tapes.get(barcode);
        if (drive.tape != tape) {
            drives.stream().filter(each -> each.tape == tape).forEach(each -> each.put(null));
            drive.put(tape);
            history.add("load " + barcode + " into " + drive.number);
        }
        used.add(drive);
        inUse.add(barcode);
        return new Use(drive, barcode);
    }

    private final class Use implements Mounted {

        private final FakeDrive drive;
        private final String barcode;
        private final long since = clock.get();

        Use(FakeDrive drive, String barcode) {
            this.drive = drive;
            this.barcode = barcode;
        }

        @Override
        public String barcode() {
            return barcode;
        }

        @Override
        public String library() {
            return "lib";
        }

        @Override
        public Contents contents() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void wrote(Contents now) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TapeDrive drive() {
            return drive;
        }

        @Override
        public void seek(long position) throws IOException {
            drive.locate(position);
        }

        @Override
        public boolean isWanted() {
            synchronized (FakeMounts.this) {
                if (used.size() < drives.size() || queue.isEmpty()) {
                    return false;
                }
                // while somebody waits, time passes although no drive does anything
                return clock.addAndGet(FakeDrive.JUMP_NANOS / 2) - since >= turn;
            }
        }

        @Override
        public void suspect(String why) {
            synchronized (FakeMounts.this) {
                suspected.add(drive);
                history.add("suspect " + drive.number);
            }
        }

        @Override
        public void close() {
            synchronized (FakeMounts.this) {
                used.remove(drive);
                inUse.remove(barcode);
                FakeMounts.this.notifyAll();
            }
        }
    }

    @Override
    public synchronized boolean isPresent(String barcode) {
        return !absent.contains(barcode);
    }

    @Override
    public List<Present> present() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> awaited() {
        return List.of();
    }
}
