package org.hikae.files.center.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hikae.api.job.Progress;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.files.center.table.SlimRow;

/**
 * Stores an object without what others have too: first the new form is there beside the old one, then it is compared with that byte by byte,
 * and then the old one goes. A crash leaves both, which are the same. Used by one thread at a time.
 */
public final class Slimming {

    private static final int PIECE = 1 << 20;

    private final CommonArea area;
    private final String object;
    private final long form;
    private final long next;
    private final SlimForm now;
    private final long stored;

    Slimming(CommonArea area, String object) throws IOException {
        this.area = area;
        this.object = object;
        List<SlimRow> forms = area.forms(object);
        next = forms.isEmpty() ? 1 : forms.get(forms.size() - 1).form() + 1;
        long plain = area.plainLength(object);
        if (plain >= 0) {
            now = SlimForm.whole(plain);
            stored = plain;
            form = 0;
        } else if (!forms.isEmpty()) {
            SlimRow counts = forms.get(0);
            try (SlimReader reader = area.openForm(object, counts.form())) {
                now = reader.form();
                stored = counts.stored();
                form = counts.form();
            }
        } else {
            throw new NoSuchFileException(object);
        }
    }

    /** Bytes of the object as it lies there. */
    public long stored() {
        return stored;
    }

    /** Where bytes lie that are not stored with the object. Empty: not all of them do, or not at one place */
    public Optional<Cut> cut(long position, int length) {
        int at = now.after(position);
        if (at == now.cuts().size()) {
            return Optional.empty();
        }
        Cut cut = now.cuts().get(at);
        return cut.position() == position && cut.length() == length ? Optional.of(cut) : Optional.empty();
    }

    /**
     * Stores it in a form without these bytes either, beside the one that is there.
     *
     * @param cuts none of which is over another, or over what is not stored with the object now
     * @param common to be published with it; null: none is
     * @return false if the object was deleted meanwhile
     */
    public boolean store(List<Cut> cuts, CommonWriter common, Progress progress) throws IOException {
        List<Cut> all = new ArrayList<>(now.cuts());
        all.addAll(cuts);
        all.sort(Comparator.comparingLong(Cut::position));
        SlimForm slim = new SlimForm(now.length(), all);
        try (ObjectReader reader = area.open(object);
                ObjectWriter writer = area.area().create(CommonName.form(object, next))) {
            long at = 0;
            for (Cut cut : all) {
                copy(reader, at, cut.position(), writer, progress);
                at = cut.end();
            }
            copy(reader, at, now.length(), writer, progress);
            writer.write(slim.encode());
            return publish(slim, writer, common);
        }
    }

    private static void copy(ObjectReader from, long begin, long end, ObjectWriter to, Progress progress)
            throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, end - begin));
        for (long at = begin; at < end; at += piece.limit()) {
            progress.check();
            piece.clear().limit((int) Math.min(piece.capacity(), end - at));
            from.read(piece, at);
            to.write(piece.flip());
        }
    }

    /** The tables know of what refers to common bytes before it is there, so that these stay as long as it may be. */
    private boolean publish(SlimForm slim, ObjectWriter writer, CommonWriter common) throws IOException {
        synchronized (area.lock()) {
            if (!isThere()) {
                return false;
            }
            SlimRow row = new SlimRow(area.name(), object, next, slim.length(), writer.length(), true);
            area.tables().call(connection -> {
                if (common != null) {
                    common.row().insert(connection);
                }
                row.insert(connection, Listed.ids(slim));
                return row;
            });
            if (common != null) {
                common.commit();
            }
            writer.commit();
            return true;
        }
    }

    private boolean isThere() throws IOException {
        return form == 0
                ? area.plainLength(object) == now.length()
                : area.forms(object).stream().anyMatch(row -> row.form() == form);
    }
}
