package org.hikae.files.center.common;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.MediumSpace;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.files.center.table.CommonRow;
import org.hikae.files.center.table.SlimRow;
import org.hikae.files.center.table.Tables;

/**
 * A medium whose objects may lie there without what others have too (R22): that lies once, in objects of its own. Whoever reads, lists or
 * deletes objects knows nothing of it: an object has the same name, length and bytes in whatever form it is stored, and where several
 * forms of one are there, it makes no difference which is read. Thread-safe.
 */
public final class CommonArea implements Medium {

    /** How often an object is looked for whose forms change meanwhile. */
    private static final int TRIES = 3;

    private final String name;
    private final Medium area;
    private final Tables tables;
    private final Consumer<String> problems;
    /** Held while the forms of objects, and what the tables say of them, change or are compared. */
    private final Object lock = new Object();
    /** Whether the tables have what all forms refer to. Guarded by {@code lock}, as the next. */
    private boolean looked;
    /** Whether there is a form of which nobody can tell what it refers to. */
    private boolean leftOut;

    /** @param area taken over @param problems is told what is wrong, in sentences */
    public CommonArea(String name, Medium area, Tables tables, Consumer<String> problems) {
        this.name = name;
        this.area = area;
        this.tables = tables;
        this.problems = problems;
    }

    /** An object that is open: the form of it that lacks least. @param form 0: all of it lies there */
    private record Opened(long form, ObjectReader reader) {}

    String name() {
        return name;
    }

    Medium area() {
        return area;
    }

    Tables tables() {
        return tables;
    }

    Object lock() {
        return lock;
    }

    /** The forms of an object that lack something, the newest last. */
    List<SlimRow> forms(String object) throws IOException {
        return tables.call(connection -> SlimRow.of(connection, name, object));
    }

    @Override
    public List<MediumObject> list(String prefix) throws IOException {
        synchronized (lock) {
            List<MediumObject> objects = area.list(prefix);
            boolean special = objects.stream()
                    .anyMatch(each -> CommonName.common(each.name()).isPresent()
                            || CommonName.form(each.name()).isPresent());
            boolean all = CommonName.isAll(prefix);
            if (!special && !all) {
                return objects;
            }
            Listed listed = new Listed(this, objects, problems);
            List<MediumObject> known = listed.known(all);
            if (all) {
                looked = true;
                leftOut = listed.isLeftOut();
            }
            return known;
        }
    }

    @Override
    public ObjectWriter create(String object) throws IOException {
        if (!forms(object).isEmpty()) {
            throw new FileAlreadyExistsException(object);
        }
        return area.create(object);
    }

    @Override
    public ObjectReader open(String object) throws IOException {
        Opened first = openNow(object);
        AtomicLong form = new AtomicLong(first.form);
        return new SteadyReader(first.reader, () -> {
            Opened next = openNow(object);
            if (form.getAndSet(next.form) == next.form) {
                next.reader.close();
                return null;
            }
            return next.reader;
        });
    }

    private Opened openNow(String object) throws IOException {
        NoSuchFileException none = null;
        for (int i = 0; i < TRIES; i++) {
            try {
                return new Opened(0, area.open(object));
            } catch (NoSuchFileException e) {
                none = e;
            }
            List<SlimRow> forms = forms(object);
            for (SlimRow each : forms) {
                try {
                    return new Opened(each.form(), openForm(object, each.form()));
                } catch (NoSuchFileException e) {
                    none.addSuppressed(e);
                }
            }
            if (forms.isEmpty()) {
                break;
            }
        }
        throw none;
    }

    /** Opens a form that lacks something. */
    SlimReader openForm(String object, long form) throws IOException {
        ObjectReader rest = area.open(CommonName.form(object, form));
        try {
            return new SlimReader(area, rest, SlimForm.read(rest));
        } catch (IOException | RuntimeException e) {
            rest.close();
            throw e;
        }
    }

    /**
     * How long an object is, if all that it consists of is there; -1 if it is not.
     *
     * @throws IOException if that cannot be told
     */
    public long wholeLength(String object) throws IOException {
        try {
            Opened now = openNow(object);
            try (ObjectReader reader = now.reader) {
                return !(reader instanceof SlimReader slim) || slim.isWhole() ? reader.length() : -1;
            }
        } catch (NoSuchFileException | DamagedFormException e) {
            return -1;
        }
    }

    /** Whichever of its forms is left by a crash is all of the object. */
    @Override
    public void delete(String object) throws IOException {
        synchronized (lock) {
            List<SlimRow> forms = forms(object);
            area.delete(object);
            for (SlimRow each : forms) {
                delete(each);
            }
        }
    }

    /** With the lock held. */
    void delete(SlimRow form) throws IOException {
        area.delete(CommonName.form(form.name(), form.form()));
        tables.call(connection -> {
            form.delete(connection);
            return form;
        });
    }

    /** An object as it is stored now, for whoever is about to store it in another form. */
    public Slimming slimming(String object) throws IOException {
        return new Slimming(this, object);
    }

    /** Begins an object of bytes that several others have. */
    public CommonWriter createCommon() throws IOException {
        return new CommonWriter(name, area, UUID.randomUUID());
    }

    /**
     * Lets an object that is there in several forms be there in one, which was compared with the others byte by byte.
     *
     * @throws IOException if the form that counts cannot be read: then all stay
     */
    public void settle(String object) throws IOException {
        new Settling(this, object).run();
    }

    /**
     * Deletes an object of bytes that nobody has any more; nothing if somebody has. The tables may be older than the medium: all forms are looked at
     * first, if that was not done yet.
     *
     * @throws IOException if it cannot be deleted, or a form is there of which nobody can tell what it refers to
     */
    public void discard(CommonRow common) throws IOException {
        synchronized (lock) {
            if (!looked) {
                list(CommonName.ALL);
            }
            if (leftOut) {
                throw new IOException("some of what may refer to it is damaged");
            }
            if (!tables.call(common::isUnused)) {
                return;
            }
            area.delete(CommonName.common(UUID.fromString(common.id())));
            tables.call(connection -> {
                common.delete(connection);
                return common;
            });
        }
    }

    /** Whether the form is there that lacks nothing. */
    boolean isPlain(String object) throws IOException {
        return plainLength(object) >= 0;
    }

    /** Length of the form that lacks nothing; -1: it is not there. */
    long plainLength(String object) throws IOException {
        try (ObjectReader reader = area.open(object)) {
            return reader.length();
        } catch (NoSuchFileException e) {
            return -1;
        }
    }

    @Override
    public void discardUncommitted() throws IOException {
        area.discardUncommitted();
    }

    @Override
    public Optional<UUID> id() throws IOException {
        return area.id();
    }

    @Override
    public boolean isComplete() throws IOException {
        return area.isComplete();
    }

    @Override
    public MediumSpace space() throws IOException {
        return area.space();
    }

    @Override
    public Set<Capability> capabilities() {
        return area.capabilities();
    }

    @Override
    public void close() throws IOException {
        area.close();
    }
}
