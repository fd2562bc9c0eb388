package org.hikae.files.center.common;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.ObjectReader;

/** Reads an object of which some lies elsewhere, as if it were all in it. Thread-safe. */
final class SlimReader implements ObjectReader {

    /** Objects in which some of it lies that are open at once: there may be thousands. */
    static final int OPEN = 16;

    private final Medium medium;
    private final ObjectReader rest;
    private final SlimForm form;
    /** Bytes that lie elsewhere before each cut. */
    private final long[] before;
    /** Those that are open, the one that was read last behind; guarded by itself, and held while one is read. */
    private final Map<UUID, ObjectReader> commons = new LinkedHashMap<>(OPEN, 0.75f, true);
    /** Guarded by {@code commons}. */
    private boolean closed;

    /** @param rest taken over */
    SlimReader(Medium medium, ObjectReader rest, SlimForm form) {
        this.medium = medium;
        this.rest = rest;
        this.form = form;
        List<Cut> cuts = form.cuts();
        before = new long[cuts.size() + 1];
        for (int i = 0; i < cuts.size(); i++) {
            before[i + 1] = before[i] + cuts.get(i).length();
        }
    }

    SlimForm form() {
        return form;
    }

    @Override
    public long length() {
        return form.length();
    }

    @Override
    public void read(ByteBuffer dst, long position) throws IOException {
        if (position < 0 || position > form.length() - dst.remaining()) {
            throw new EOFException("the object has " + form.length() + " bytes");
        }
        long at = position;
        int limit = dst.limit();
        for (int i = form.after(at); dst.position() < limit; ) {
            Cut cut = i < form.cuts().size() ? form.cuts().get(i) : null;
            boolean inside = cut != null && cut.position() <= at;
            long end = cut == null ? form.length() : inside ? cut.end() : cut.position();
            int count = (int) Math.min(limit - dst.position(), end - at);
            dst.limit(dst.position() + count);
            if (inside) {
                readCommon(cut.common(), dst, CommonFile.HEAD + cut.offset() + (at - cut.position()));
                i += at + count == end ? 1 : 0;
            } else {
                rest.read(dst, at - before[i]);
            }
            at += count;
            dst.limit(limit);
        }
    }

    private void readCommon(UUID id, ByteBuffer dst, long position) throws IOException {
        synchronized (commons) {
            if (closed) {
                throw new IOException("the object is closed");
            }
            ObjectReader open = commons.get(id);
            if (open == null) {
                if (commons.size() == OPEN) {
                    commons.remove(commons.keySet().iterator().next()).close();
                }
                open = open(id);
                commons.put(id, open);
            }
            open.read(dst, position);
        }
    }

    private ObjectReader open(UUID id) throws IOException {
        try {
            return CommonFile.open(medium, id);
        } catch (NoSuchFileException e) {
            DamagedFormException gone = new DamagedFormException(
                    "bytes that several files have are gone: there is no " + CommonName.common(id));
            gone.initCause(e);
            throw gone;
        }
    }

    /** Whether all objects in which some of it lies are there, as long as they have to be. */
    boolean isWhole() throws IOException {
        Map<UUID, Long> ends = new HashMap<>();
        form.cuts().forEach(cut -> ends.merge(cut.common(), cut.offset() + cut.length(), Math::max));
        for (Map.Entry<UUID, Long> each : ends.entrySet()) {
            try (ObjectReader common = CommonFile.open(medium, each.getKey())) {
                if (common.length() < CommonFile.HEAD + each.getValue()) {
                    return false;
                }
            } catch (NoSuchFileException | DamagedFormException e) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        synchronized (commons) {
            closed = true;
            for (ObjectReader each : commons.values()) {
                try {
                    each.close();
                } catch (IOException e) {
                    failure = e;
                }
            }
            commons.clear();
        }
        rest.close();
        if (failure != null) {
            throw failure;
        }
    }
}
