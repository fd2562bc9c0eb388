package org.hikae.files.client.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.hikae.api.fs.FileName;
import org.hikae.api.job.Progress;
import org.hikae.files.client.buffer.RunBuilder;
import org.hikae.files.client.known.KnownFile;
import org.hikae.files.client.select.Facts;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.io.OpenedFile;

/**
 * Puts files into a run, each as it was at one instant: its size and times are the same before and after it is read, or it is read again.
 * A large file is frozen first where the file system can. Not thread-safe.
 */
final class Capture {

    /** Read again so often, then marked. */
    private static final int AGAIN = 3;

    private static final long LARGE = 1 << 20;
    private static final String DOUBT = "it changed each time that it was copied";

    /** Longer than the clocks of file systems stand still. */
    private static final long STEP_SECONDS = 2;

    private final RunBuilder run;
    private final boolean full;
    private final Renamed renamed;
    private final Freezer freezer;
    private final Progress progress;
    private final Findings findings;
    private final Items items = new Items();
    private final Reading reading = new Reading();

    /** Files with several names that are in this run. */
    private final Map<Inode, Captured> linked = new HashMap<>();

    /** File systems that cannot freeze files into the buffer. */
    private final Set<Long> rigid = new HashSet<>();

    private record Inode(long device, long inode) {}

    private record Captured(Facts facts, RunItem.Content content, byte[] sha256, boolean doubt) {}

    /** @param sha256 null: it has no content of its own */
    private record Content(RunItem.FileItem item, Facts facts, byte[] sha256, boolean doubt) {}

    /** Makes frozen copies of files. */
    @FunctionalInterface
    interface Freezer {

        /** @return false if it cannot; there is no copy then */
        boolean freeze(OpenedFile file, Path copy) throws IOException;
    }

    /** @param full whether the run builds upon none */
    Capture(RunBuilder run, boolean full, Renamed renamed, Freezer freezer, Progress progress, Findings findings) {
        this.run = run;
        this.full = full;
        this.renamed = renamed;
        this.freezer = freezer;
        this.progress = progress;
        this.findings = findings;
    }

    /**
     * Puts a file into the run that looks different from before, unless it turns out to be the same.
     *
     * @param known what the last run saw of it; null: nothing
     * @return what is known of it now
     * @throws SourceException if it cannot be read; nothing of it is in the run then
     * @throws IOException if the run cannot be gone on with
     */
    KnownFile file(byte[] path, Path place, Facts seen, KnownFile known) throws IOException {
        Instant before = Instant.now();
        if (!seen.isRegular()) {
            RunItem.FileItem item = items.item(path, place, seen, null);
            Content content = new Content(item, seen, null, false);
            if (isSame(known, content)) {
                return known(content, known.run(), before);
            }
            run.write(item);
            findings.changed++;
            return known(content, run.number(), before);
        }
        return regular(path, place, known, before);
    }

    private KnownFile regular(byte[] path, Path place, KnownFile known, Instant before) throws IOException {
        for (int again = 0; ; again++) {
            try (OpenedFile file = SourceException.of(() -> OpenedFile.open(place))) {
                Facts facts = SourceException.of(() -> Facts.of(file, place));
                RunItem.FileItem item = items.item(path, place, facts, new RunItem.Follows());
                Captured other = linked.get(new Inode(facts.device(), facts.inode()));
                if (other != null && other.facts.isUnchangedSince(facts) && facts.links() > 1) {
                    return further(item, facts, other, before);
                }
                KnownFile earlier = known == null ? renamed.find(facts) : known;
                KnownFile same = same(file, place, item, facts, earlier, before);
                if (same != null) {
                    return same;
                }
                boolean last = again == AGAIN;
                Content content = content(file, place, item, facts, last);
                if (content != null) {
                    return entered(content, before);
                }
            }
            progress.check();
        }
    }

    /** Another name of a file that is in this run. */
    private KnownFile further(RunItem.FileItem item, Facts facts, Captured other, Instant before) throws IOException {
        run.write(Items.with(item, other.content), other.sha256);
        findings.changed++;
        return known(new Content(item, facts, other.sha256, other.doubt), run.number(), before);
    }

    /** Null if its content is not what it was, or it cannot be told. */
    private KnownFile same(
            OpenedFile file, Path place, RunItem.FileItem item, Facts facts, KnownFile known, Instant before)
            throws IOException {
        boolean possible = !full && known != null && known.sha256() != null && known.size() == facts.size();
        if (!possible) {
            return null;
        }
        byte[] sha256 = reading.read(file, facts.size(), (offset, bytes) -> progress.check());
        if (!Arrays.equals(sha256, known.sha256()) || !isStill(file, place, facts)) {
            return null;
        }
        Content content = new Content(item, facts, sha256, false);
        if (isSame(known, content)) {
            return known(content, known.run(), before);
        }
        RunItem.Same earlier = new RunItem.Same(known.run(), FileName.of(known.path()));
        run.write(Items.with(item, earlier), sha256);
        link(facts, earlier, content);
        findings.changed++;
        return known(content, run.number(), before);
    }

    /** Whether it is as the last run has it, but for the time of its last change. */
    private boolean isSame(KnownFile known, Content content) throws IOException {
        return !full
                && known != null
                && known.type() == content.facts.type()
                && Arrays.equals(known.sha256(), content.sha256)
                && known.attributes() == Items.digest(content.item);
    }

    /** Null if it has changed meanwhile, and is to be read again. */
    private Content content(OpenedFile file, Path place, RunItem.FileItem item, Facts facts, boolean last)
            throws IOException {
        if (facts.size() >= LARGE && freeze(file, facts)) {
            boolean still = isStill(file, place, facts);
            return still || last ? frozen(item, facts, still) : null;
        }
        run.write(item);
        byte[] sha256 = read(file, facts);
        boolean still = isStillOrVoid(file, place, facts);
        if (!still && !last) {
            run.write(new RunItem.FileVoid());
            return null;
        }
        return ended(item, facts, sha256, still);
    }

    /** A copy that an attempt before has left goes first. */
    private boolean freeze(OpenedFile file, Facts facts) throws IOException {
        if (rigid.contains(facts.device())) {
            return false;
        }
        run.discardFrozen();
        boolean frozen = freezer.freeze(file, run.nextFrozen());
        if (!frozen) {
            rigid.add(facts.device());
        }
        return frozen;
    }

    private boolean isStillOrVoid(OpenedFile file, Path place, Facts facts) throws IOException {
        try {
            return isStill(file, place, facts);
        } catch (SourceException e) {
            run.write(new RunItem.FileVoid());
            throw e;
        }
    }

    private byte[] read(OpenedFile file, Facts facts) throws IOException {
        try {
            return reading.read(file, facts.size(), (offset, bytes) -> {
                progress.check();
                run.write(new RunItem.Data(offset, bytes));
                findings.bytes += bytes.remaining();
                progress.advance(bytes.remaining());
            });
        } catch (SourceException e) {
            run.write(new RunItem.FileVoid());
            throw e;
        }
    }

    /** The copy has one instant's content; whether its attributes are those of the same instant is what may be in doubt. */
    private Content frozen(RunItem.FileItem item, Facts facts, boolean still) throws IOException {
        Path copy = run.nextFrozen();
        run.freeze();
        try (OpenedFile frozen = OpenedFile.open(copy)) {
            long size = Math.min(facts.size(), frozen.channel().size());
            run.write(item);
            byte[] sha256 = read(frozen, facts);
            return ended(item, facts, sha256, still && size == facts.size());
        } finally {
            run.thaw();
        }
    }

    private Content ended(RunItem.FileItem item, Facts facts, byte[] sha256, boolean still) throws IOException {
        run.write(new RunItem.FileEnd(sha256, still ? null : DOUBT));
        return new Content(item, facts, sha256, !still);
    }

    private KnownFile entered(Content content, Instant before) throws IOException {
        findings.changed++;
        findings.doubtful += content.doubt ? 1 : 0;
        link(content.facts, new RunItem.Same(run.number(), content.item.path()), content);
        return known(content, run.number(), before);
    }

    private void link(Facts facts, RunItem.Content content, Content captured) {
        if (facts.links() > 1) {
            linked.put(
                    new Inode(facts.device(), facts.inode()),
                    new Captured(facts, content, captured.sha256, captured.doubt));
        }
    }

    /** Whether what was read is what is there, under its name too. */
    private static boolean isStill(OpenedFile file, Path place, Facts before) throws SourceException {
        return SourceException.of(() -> Facts.of(file, place).isUnchangedSince(before)
                && Facts.of(place).isUnchangedSince(before));
    }

    private KnownFile known(Content content, long number, Instant before) throws IOException {
        Facts facts = content.facts;
        // It may change once more at the same instant of its clock, which nobody would see.
        boolean recent = facts.changed().isAfter(before.minusSeconds(STEP_SECONDS));
        return new KnownFile(
                content.item.path().bytes(),
                facts.type(),
                facts.inode(),
                facts.size(),
                facts.modified(),
                facts.changed(),
                number,
                Items.digest(content.item),
                content.sha256,
                content.doubt || recent);
    }
}
