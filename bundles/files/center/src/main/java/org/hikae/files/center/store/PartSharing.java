package org.hikae.files.center.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.hikae.api.files.RunId;
import org.hikae.api.job.Progress;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.files.center.common.CommonArea;
import org.hikae.files.center.common.CommonWriter;
import org.hikae.files.center.common.Cut;
import org.hikae.files.center.common.Slimming;
import org.hikae.files.center.table.EntryRow;
import org.hikae.files.center.table.LargeContent;
import org.hikae.files.center.table.PartRow;
import org.hikae.files.center.table.SharingState;
import org.hikae.files.transfer.run.FormatException;
import org.hikae.files.transfer.run.FrameHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores one part without the frames of large content that others have too. What of them lies in parts alone is copied into an object of
 * its own, from this part, when both were read and found equal; the other parts have their turn then. Used once.
 */
final class PartSharing {

    private static final Logger LOG = LoggerFactory.getLogger(PartSharing.class);

    /** Places at which equal content is looked for, the oldest first. */
    private static final int PLACES = 8;

    /** Parts of others that are open at once. */
    private static final int OPEN = 8;

    /** A part is written anew if this fraction of it goes. */
    private static final int WORTH = 64;

    private final Core core;
    private final CommonArea area;
    private final SharingState.Part part;
    private final Sharing.Limits limits;
    /** Whether a part may have a turn for what others have got rid of before. */
    private final Predicate<PartRow.Known> lateTurn;

    private final Map<PartRow.Known, Other> others = new LinkedHashMap<>(16, 0.75f, true);
    /** Parts that have the same, and have not got rid of it yet. */
    private final Set<PartRow.Known> touched = new LinkedHashSet<>();
    /** Parts that have what this one has got rid of before. */
    private final Set<PartRow.Known> late = new LinkedHashSet<>();
    /** Parts of others that cannot be read: what is in them stays there. */
    private final Set<PartRow.Known> unreadable = new HashSet<>();
    /** Frames of this part that are equal to others of it, by number. */
    private final Map<Long, Cut> copied = new HashMap<>();
    /** Null: nothing is copied yet. */
    private CommonWriter common;

    PartSharing(
            Core core,
            CommonArea area,
            SharingState.Part part,
            Sharing.Limits limits,
            Predicate<PartRow.Known> lateTurn) {
        this.core = core;
        this.area = area;
        this.part = part;
        this.limits = limits;
        this.lateTurn = lateTurn;
    }

    /** A frame of this part, and where equal ones may be. @param position of its payload in the part */
    private record Frame(long number, long position, int length, List<Place> places) {}

    /** A frame of another part. */
    private record Place(PartRow.Known part, long frame) {}

    /** @return bytes that are stored elsewhere now */
    long run(Progress progress) throws IOException {
        try {
            long bytes = share(PartName.part(part.run(), part.row().first()).toString(), progress);
            core.tables().call(connection -> {
                SharingState.DONE.enter(connection, part.row());
                return part;
            });
            return bytes;
        } finally {
            closeAll();
        }
    }

    private long share(String name, Progress progress) throws IOException {
        Slimming slimming = area.slimming(name);
        List<Frame> frames = frames(slimming);
        long most = frames.stream().mapToLong(Frame::length).sum();
        boolean promising = most > 0 && most * WORTH >= slimming.stored();
        List<Cut> cuts = promising ? compare(frames, name, progress) : List.of();
        long bytes = cuts.stream().mapToLong(Cut::length).sum();
        boolean worth = bytes > 0 && bytes * WORTH >= slimming.stored();
        wake(worth);
        if (!worth || !slimming.store(cuts, common, progress)) {
            return 0;
        }
        area.settle(name);
        return bytes;
    }

    /** The others are to have their turn whatever happens from now on. @param copied whether what they have too will be in an object of its own */
    private void wake(boolean copied) throws IOException {
        Set<PartRow.Known> woken = new LinkedHashSet<>();
        late.stream().filter(lateTurn).forEach(woken::add);
        woken.addAll(copied ? touched : Set.of());
        core.tables().call(connection -> {
            for (PartRow.Known each : woken) {
                SharingState.WAITING.enter(connection, each.run(), each.first(), each.first() + 1);
            }
            return woken;
        });
    }

    /** Those that are stored with the part, and as long as others that may be equal. */
    private List<Frame> frames(Slimming slimming) throws IOException {
        PartFile file = PartFile.read(area, PartName.part(part.run(), part.row().first()));
        long[] positions = file.positions();
        List<Frame> frames = new ArrayList<>();
        for (Map.Entry<EntryRow, List<EntryRow>> each : contents().entrySet()) {
            EntryRow entry = each.getKey();
            long begin = Math.max(entry.place().frame() + 1, part.row().first());
            for (long number = begin;
                    number <= entry.last() && number < part.row().end();
                    number++) {
                int index = (int) (number - part.row().first());
                int length = file.table().lengths()[index] - FrameHeader.LENGTH;
                long position = positions[index] + FrameHeader.LENGTH;
                if (length < limits.piece()) {
                    continue;
                }
                List<Place> places =
                        places(each.getValue(), number - entry.place().frame(), length);
                if (slimming.cut(position, length).isPresent()) {
                    noteLate(places);
                } else if (!places.isEmpty()) {
                    frames.add(new Frame(number, position, length, places));
                }
            }
        }
        return frames;
    }

    /** Parts that have still what lies in an object of its own already: their turn did not come before a crash, and the tables were lost. */
    private void noteLate(List<Place> places) throws IOException {
        for (Place place : places) {
            Optional<Other> other = other(place.part);
            if (other.isPresent() && other.get().cut(place.frame).isEmpty() && !isOwn(place.part)) {
                late.add(place.part);
            }
        }
    }

    /** Content of which something lies in the part, and others of which the same was said. */
    private Map<EntryRow, List<EntryRow>> contents() throws IOException {
        return core.tables().call(connection -> {
            Map<EntryRow, List<EntryRow>> contents = new LinkedHashMap<>();
            for (EntryRow entry : LargeContent.in(connection, part.row(), limits.content())) {
                contents.put(
                        entry, LargeContent.equal(connection, entry, part.row().medium(), PLACES));
            }
            return contents;
        });
    }

    /** Frames so far behind the beginnings of these that are that long; those first that lie in an object of their own. */
    private List<Place> places(List<EntryRow> contents, long behind, int length) throws IOException {
        List<Place> places = new ArrayList<>();
        int shared = 0;
        for (EntryRow content : contents) {
            long frame = content.place().frame() + behind;
            Optional<Other> other = frame > content.last()
                    ? Optional.empty()
                    : other(content.place().run(), frame);
            if (other.isPresent() && other.get().length(frame) == length) {
                Place place = new Place(other.get().known, frame);
                if (other.get().cut(frame).isPresent()) {
                    places.add(shared++, place);
                } else {
                    places.add(place);
                }
            }
        }
        return places;
    }

    private List<Cut> compare(List<Frame> frames, String name, Progress progress) throws IOException {
        List<Cut> cuts = new ArrayList<>();
        try (PartInput input = new PartInput(area.open(name), part.row().framesEnd())) {
            for (Frame frame : frames) {
                progress.check();
                compare(frame, input).ifPresent(cuts::add);
            }
        }
        return cuts;
    }

    private Optional<Cut> compare(Frame frame, PartInput input) throws IOException {
        ByteBuffer payload;
        try {
            payload = input.frame(frame.position - FrameHeader.LENGTH).payload();
        } catch (FormatException e) {
            // It is damaged: verifying names it, and it stays what it is.
            return Optional.empty();
        }
        for (Place place : frame.places) {
            Optional<Other> other = other(place.part);
            if (other.isPresent() && other.get().isEqual(place.frame, payload)) {
                Cut cut = cut(frame, place, other.get(), payload);
                if (isOwn(place.part)) {
                    copied.put(frame.number, cut);
                } else if (other.get().cut(place.frame).isEmpty()) {
                    touched.add(place.part);
                }
                return Optional.of(cut);
            }
        }
        return Optional.empty();
    }

    /** Where equal bytes lie already, or do from now on. */
    private Cut cut(Frame frame, Place place, Other other, ByteBuffer payload) throws IOException {
        Cut there = other.cut(place.frame).orElse(isOwn(place.part) ? copied.get(place.frame) : null);
        if (there != null) {
            return new Cut(frame.position, frame.length, there.common(), there.offset());
        }
        common = common == null ? area.createCommon() : common;
        return common.add(frame.position, payload.duplicate());
    }

    private boolean isOwn(PartRow.Known other) {
        return other.run() == part.row().run() && other.first() == part.row().first();
    }

    /** A part on the same medium that has a frame. */
    private Optional<Other> other(long run, long frame) throws IOException {
        for (Other each : others.values()) {
            if (each.known.run() == run && each.first <= frame && frame < each.end()) {
                return Optional.of(each);
            }
        }
        PartRow row = core.tables()
                .call(connection -> PartRow.with(connection, run, frame))
                .orElse(null);
        if (row == null || !row.medium().equals(part.row().medium())) {
            return Optional.empty();
        }
        Optional<RunId> id = core.tables().call(connection -> PartRow.runId(connection, run));
        return id.isEmpty() ? Optional.empty() : other(new PartRow.Known(run, id.get(), row.first(), row.bytes()));
    }

    private Optional<Other> other(PartRow.Known known) throws IOException {
        Other open = others.get(known);
        if (open == null && !unreadable.contains(known)) {
            try {
                open = new Other(area, known);
            } catch (IOException e) {
                LOG.debug("what is in part {} stays there", known, e);
                unreadable.add(known);
                return Optional.empty();
            }
            others.put(known, open);
            if (others.size() > OPEN) {
                PartRow.Known oldest = others.keySet().iterator().next();
                others.remove(oldest).close();
            }
        }
        return Optional.ofNullable(open);
    }

    private void closeAll() throws IOException {
        CommonWriter last = common;
        try (last) {
            for (Other each : others.values()) {
                each.close();
            }
        }
    }

    /** A part that may have the same. */
    private static final class Other implements Closeable {

        private final CommonArea area;
        private final PartRow.Known known;
        private final long first;
        private final int[] lengths;
        private final long[] positions;
        private final Slimming slimming;
        /** Null: it is not open. */
        private ObjectReader reader;

        Other(CommonArea area, PartRow.Known known) throws IOException {
            PartName name = PartName.part(known.id(), known.first());
            PartFile file = PartFile.read(area, name);
            this.area = area;
            this.known = known;
            first = known.first();
            lengths = file.table().lengths();
            positions = file.positions();
            slimming = area.slimming(name.toString());
        }

        long end() {
            return first + lengths.length;
        }

        int length(long frame) {
            return lengths[(int) (frame - first)] - FrameHeader.LENGTH;
        }

        private long position(long frame) {
            return positions[(int) (frame - first)] + FrameHeader.LENGTH;
        }

        /** Where its payload lies, if not in the part. */
        Optional<Cut> cut(long frame) {
            return slimming.cut(position(frame), length(frame));
        }

        /** @return false also if it cannot be read: then it stays where it is */
        boolean isEqual(long frame, ByteBuffer payload) {
            ByteBuffer bytes = ByteBuffer.allocate(length(frame));
            try {
                if (reader == null) {
                    reader = area.open(PartName.part(known.id(), first).toString());
                }
                reader.read(bytes, position(frame));
            } catch (IOException e) {
                LOG.debug("frame {} of a part of {} cannot be read", frame, known.id(), e);
                return false;
            }
            return bytes.flip().equals(payload);
        }

        @Override
        public void close() throws IOException {
            if (reader != null) {
                reader.close();
            }
        }
    }
}
