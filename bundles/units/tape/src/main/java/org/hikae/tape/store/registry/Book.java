package org.hikae.tape.store.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.h2.mvstore.MVStore;

/**
 * The maps of the registry, with what is in them. Keys are texts whose order is that of what they stand for. Used within
 * {@link Registry#read} and {@link Registry#change} alone.
 */
final class Book {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    /** Less than all that names of objects consist of, so that a name comes before those that it begins. */
    private static final char END = ' ';

    private static final String COPIES = "copies";
    private static final String COMMITS = "commits";
    private static final String BEHIND = "behind";
    private static final String ENDED = "ended-";

    private final SealedMap facts;
    private final SealedMap volumes;
    /** Cartridges whose label was about to be written, and was not seen since. */
    private final SealedMap begun;

    private final SealedMap sessions;
    private final SealedMap copies;
    /** Medium and name, number of the copy: nothing; of copies that are not forgotten. */
    private final SealedMap names;
    /** Session and object in it: number of the copy. */
    private final SealedMap objects;
    /**
     * Cartridge and number of the copy: bytes of that on this, 0 where nothing but a table says something of it; of copies that are not
     * forgotten.
     */
    private final SealedMap shares;

    private final SealedMap censuses;
    /** Media that had no copies anywhere when this registry came to know them: when that was. */
    private final SealedMap media;

    private final ExtentMap extents;

    Book(MVStore store) {
        facts = new SealedMap(store, "facts");
        volumes = new SealedMap(store, "volumes");
        begun = new SealedMap(store, "begun");
        sessions = new SealedMap(store, "sessions");
        copies = new SealedMap(store, "copies");
        names = new SealedMap(store, "names");
        objects = new SealedMap(store, "objects");
        shares = new SealedMap(store, "shares");
        censuses = new SealedMap(store, "censuses");
        media = new SealedMap(store, "media");
        extents = new ExtentMap(new SealedMap(store, "extents"));
    }

    static String hex(long number) {
        return HexFormat.of().toHexDigits(number);
    }

    /** Reads everything, for damage. */
    String check() throws IOException {
        volumes();
        sessions();
        censuses();
        for (CopyFacts copy : copies()) {
            extents.of(copy.session(), copy.object().object());
        }
        for (SealedMap map : List.of(facts, begun, copies, objects, shares, media)) {
            map.scan("", (key, value) -> {});
        }
        return behind();
    }

    /** Changes that were made so far, with this one. */
    long count() throws IOException {
        long count = number(COMMITS) + 1;
        setNumber(COMMITS, count);
        return count;
    }

    long counted() throws IOException {
        return number(COMMITS);
    }

    /** Why something may be on tapes that this registry has forgotten, a sentence; null: nothing that one knew of. */
    String behind() throws IOException {
        byte[] why = facts.get(BEHIND);
        return why == null ? null : new String(why, StandardCharsets.UTF_8);
    }

    void setBehind(String why) throws IOException {
        if (why == null) {
            facts.remove(BEHIND);
        } else {
            facts.put(BEHIND, why.getBytes(StandardCharsets.UTF_8));
            media.removeAll("");
        }
    }

    /** Whether a medium had no copies anywhere when this registry, which has forgotten nothing since, came to know it. */
    boolean hasBegun(UUID medium) throws IOException {
        return media.has(medium.toString());
    }

    void begin(UUID medium, Instant when) throws IOException {
        media.put(medium.toString(), fromLong(when.toEpochMilli()));
    }

    /** Whether what goes on behind a home's newest table is lost. */
    boolean hasEnded(Census census) throws IOException {
        byte[] table = facts.get(ENDED + census.home());
        return table != null && toLong(table) == census.newest().toEpochMilli();
    }

    /** Remembers that what goes on behind a home's newest table is lost. */
    void end(Census census) throws IOException {
        facts.put(ENDED + census.home(), fromLong(census.newest().toEpochMilli()));
    }

    private long number(String key) throws IOException {
        byte[] number = facts.get(key);
        return number == null ? 0 : toLong(number);
    }

    private void setNumber(String key, long value) throws IOException {
        facts.put(key, fromLong(value));
    }

    /** Null if it is not known. */
    VolumeFacts volume(UUID id) throws IOException {
        byte[] bytes = volumes.get(id.toString());
        return bytes == null ? null : VolumeFacts.decode(id, bytes);
    }

    void put(VolumeFacts volume) throws IOException {
        volumes.put(volume.id().toString(), volume.encode());
    }

    void removeVolume(UUID id) throws IOException {
        volumes.remove(id.toString());
    }

    List<VolumeFacts> volumes() throws IOException {
        List<VolumeFacts> all = new ArrayList<>();
        volumes.scan("", (key, value) -> all.add(VolumeFacts.decode(id(key), value)));
        return all;
    }

    /** As it is if it has the label that was about to be written; null if none was. */
    VolumeFacts begun(UUID id) throws IOException {
        byte[] bytes = begun.get(id.toString());
        return bytes == null ? null : VolumeFacts.decode(id, bytes);
    }

    void putBegun(VolumeFacts volume) throws IOException {
        begun.put(volume.id().toString(), volume.encode());
    }

    void removeBegun(UUID id) throws IOException {
        begun.remove(id.toString());
    }

    List<VolumeFacts> allBegun() throws IOException {
        List<VolumeFacts> all = new ArrayList<>();
        begun.scan("", (key, value) -> all.add(VolumeFacts.decode(id(key), value)));
        return all;
    }

    /** Null if it is not known. */
    SessionFacts session(UUID id) throws IOException {
        byte[] bytes = sessions.get(id.toString());
        return bytes == null ? null : SessionFacts.decode(id, bytes);
    }

    void put(SessionFacts session) throws IOException {
        sessions.put(session.id().toString(), session.encode());
    }

    List<SessionFacts> sessions() throws IOException {
        List<SessionFacts> all = new ArrayList<>();
        sessions.scan("", (key, value) -> all.add(SessionFacts.decode(id(key), value)));
        return all;
    }

    void removeSession(UUID id) throws IOException {
        sessions.remove(id.toString());
    }

    /** A number for a copy that none had before. */
    long nextCopy() throws IOException {
        long number = number(COPIES) + 1;
        setNumber(COPIES, number);
        return number;
    }

    /** Null if there is none. */
    CopyFacts copy(long number) throws IOException {
        byte[] bytes = copies.get(hex(number));
        return bytes == null ? null : CopyFacts.decode(number, bytes);
    }

    /** Keeps it, and keeps the ways to it. */
    void put(CopyFacts copy) throws IOException {
        copies.put(hex(copy.number()), copy.encode());
        objects.put(objectKey(copy.session(), copy.object().object()), fromLong(copy.number()));
        String name = nameKey(copy.object().medium(), copy.object().name()) + END + hex(copy.number());
        if (copy.forgotten()) {
            names.remove(name);
        } else {
            names.put(name, new byte[0]);
        }
    }

    void remove(CopyFacts copy) throws IOException {
        put(copy.gone());
        copies.remove(hex(copy.number()));
        objects.remove(objectKey(copy.session(), copy.object().object()));
    }

    /** The copy of an object of a session; null if it is not known. */
    CopyFacts copy(UUID session, long object) throws IOException {
        byte[] number = objects.get(objectKey(session, object));
        return number == null ? null : need(toLong(number));
    }

    /** All copies of a session, the forgotten ones too. */
    List<CopyFacts> copiesOf(UUID session) throws IOException {
        List<CopyFacts> all = new ArrayList<>();
        objects.scan(session.toString(), (key, value) -> all.add(need(toLong(value))));
        return all;
    }

    /** Copies that are not forgotten, of objects of a medium whose names begin so, by names. */
    List<CopyFacts> copies(UUID medium, String prefix) throws IOException {
        List<CopyFacts> all = new ArrayList<>();
        names.scan(nameKey(medium, prefix), (key, value) -> all.add(need(fromHex(key))));
        return all;
    }

    /** Copies of an object that are not forgotten. */
    List<CopyFacts> copiesOf(UUID medium, String name) throws IOException {
        List<CopyFacts> all = new ArrayList<>();
        names.scan(nameKey(medium, name) + END, (key, value) -> all.add(need(fromHex(key))));
        return all;
    }

    /** All copies that are not forgotten. */
    List<CopyFacts> copies() throws IOException {
        List<CopyFacts> all = new ArrayList<>();
        names.scan("", (key, value) -> all.add(need(fromHex(key))));
        return all;
    }

    private CopyFacts need(long number) throws IOException {
        CopyFacts copy = copy(number);
        if (copy == null) {
            throw new DamagedRegistryException("there is no copy " + number + " although there should be", null);
        }
        return copy;
    }

    void putShare(UUID volume, long copy, long bytes) throws IOException {
        shares.put(volume.toString() + hex(copy), fromLong(bytes));
    }

    void removeShare(UUID volume, long copy) throws IOException {
        shares.remove(volume.toString() + hex(copy));
    }

    boolean hasShare(UUID volume, long copy) throws IOException {
        return shares.has(volume.toString() + hex(copy));
    }

    /** What copies have on a cartridge. */
    List<Share> shares(UUID volume) throws IOException {
        List<Share> all = new ArrayList<>();
        shares.scan(volume.toString(), (key, value) -> all.add(new Share(need(fromHex(key)), toLong(value))));
        return all;
    }

    ExtentMap extents() {
        return extents;
    }

    Census census(UUID home) throws IOException {
        byte[] bytes = censuses.get(home.toString());
        return bytes == null ? Census.none(home) : Census.decode(home, bytes);
    }

    void put(Census census) throws IOException {
        censuses.put(census.home().toString(), census.encode());
    }

    List<Census> censuses() throws IOException {
        List<Census> all = new ArrayList<>();
        censuses.scan("", (key, value) -> all.add(Census.decode(id(key), value)));
        return all;
    }

    private static String objectKey(UUID session, long object) {
        return session + hex(object);
    }

    private static String nameKey(UUID medium, String name) {
        return medium + "/" + name;
    }

    static UUID id(String key) throws DamagedRegistryException {
        if (!ID.matcher(key).matches()) {
            throw new DamagedRegistryException("there is a key " + key, null);
        }
        return UUID.fromString(key);
    }

    /** The number that a key ends with. */
    static long fromHex(String key) throws DamagedRegistryException {
        try {
            return Long.parseUnsignedLong(key.substring(Math.max(0, key.length() - 16)), 16);
        } catch (NumberFormatException e) {
            throw new DamagedRegistryException("there is a key " + key, e);
        }
    }

    private static byte[] fromLong(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static long toLong(byte[] number) throws DamagedRegistryException {
        if (number.length != Long.BYTES) {
            throw new DamagedRegistryException("a number has " + number.length + " bytes", null);
        }
        return ByteBuffer.wrap(number).getLong();
    }

    /**
     * What a copy has on a cartridge.
     *
     * @param bytes of the object there
     */
    record Share(CopyFacts copy, long bytes) {}
}
