package org.hikae.files.center.common;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.files.center.table.SlimRow;

/**
 * Lets one form of an object be there. The one that lacks least counts: it goes when another one was found to have the same bytes, and
 * stays, instead of that, if they are others. Used once.
 */
final class Settling {

    private static final int PIECE = 1 << 20;

    private final CommonArea area;
    private final String object;

    Settling(CommonArea area, String object) {
        this.area = area;
        this.object = object;
    }

    void run() throws IOException {
        while (true) {
            List<SlimRow> forms = area.forms(object);
            if (forms.isEmpty()) {
                return;
            }
            SlimRow last = forms.get(forms.size() - 1);
            SlimRow first = area.isPlain(object) ? null : forms.get(0);
            if (last.equals(first)) {
                area.tables().call(connection -> {
                    last.settled(connection);
                    return last;
                });
                return;
            }
            boolean equal = isEqual(first, last);
            synchronized (area.lock()) {
                // Whoever has deleted the object meanwhile has deleted all of them.
                if (area.forms(object).contains(last)) {
                    drop(equal ? first : last);
                }
            }
        }
    }

    /** @param form null: the one that lies there whole */
    private void drop(SlimRow form) throws IOException {
        if (form == null) {
            area.area().delete(object);
        } else {
            area.delete(form);
        }
    }

    /**
     * Compares them, and reads the first one wholly.
     *
     * @param first null: the one that lies there whole
     * @throws IOException if the first one cannot be read
     */
    private boolean isEqual(SlimRow first, SlimRow last) throws IOException {
        try (ObjectReader counts = first == null ? area.area().open(object) : area.openForm(object, first.form())) {
            try (ObjectReader other = area.openForm(object, last.form())) {
                return isEqual(counts, other);
            } catch (NoSuchFileException | DamagedFormException e) {
                return isEqual(counts, null);
            }
        }
    }

    private static boolean isEqual(ObjectReader counts, ObjectReader other) throws IOException {
        boolean equal = other != null && other.length() == counts.length();
        ByteBuffer one = ByteBuffer.allocate(PIECE);
        ByteBuffer two = ByteBuffer.allocate(PIECE);
        for (long at = 0; at < counts.length(); at += one.limit()) {
            int length = (int) Math.min(PIECE, counts.length() - at);
            counts.read(one.clear().limit(length), at);
            equal = equal
                    && read(other, two.clear().limit(length), at)
                    && one.flip().equals(two.flip());
        }
        return equal;
    }

    /** @return false if it ends before, or what it lacks is not there */
    private static boolean read(ObjectReader other, ByteBuffer to, long at) throws IOException {
        try {
            other.read(to, at);
            return true;
        } catch (EOFException | DamagedFormException e) {
            return false;
        }
    }
}
