package org.hikae.files.center.store;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.api.files.RunId;
import org.hikae.api.files.StoredVersion;
import org.hikae.files.center.store.CenterStore.Page;
import org.hikae.files.center.store.CenterStore.Query;
import org.hikae.files.center.store.ContentFeed.Wanted;
import org.hikae.files.center.table.BackupRow;
import org.hikae.files.center.table.EntryRow;
import org.hikae.files.center.table.EntryRow.Taken;
import org.hikae.files.center.table.PartRow;
import org.hikae.files.center.table.RunRow;
import org.hikae.files.center.table.VersionQuery;
import org.hikae.files.center.table.VersionQuery.Cursor;
import org.hikae.files.transfer.message.VersionKey;

/** Finds versions, and gives their contents. Thread-safe. */
final class Versions {

    private static final int PAGE = 1000;
    private static final int MOST = 10_000;
    private static final Pattern ID =
            Pattern.compile("([A-Za-z0-9._-]+)/([1-9][0-9]{0,18})/([0-9]{1,10})\\.([0-9]{1,9})");

    private final Core core;
    private final InstantSource clock;

    Versions(Core core, InstantSource clock) {
        this.core = core;
        this.clock = clock;
    }

    /** A page of rows with their backups. @param next behind the last; null: there are no more */
    private record Rows(List<Row> rows, String next) {}

    private record Row(BackupRow backup, Taken taken, String medium) {}

    Page page(Query query, String cursor, int limit) throws IOException {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("a page of " + limit + " versions");
        }
        Rows rows = rows(query, cursor, limit);
        return new Page(rows.rows.stream().map(Versions::version).toList(), rows.next);
    }

    private Rows rows(Query query, String cursor, int limit) throws IOException {
        Place from = cursor == null ? new Place("", "", Cursor.BEGIN) : Place.parse(cursor);
        return core.settled(() -> core.tables().call(connection -> rows(connection, query, from, limit)));
    }

    /** Where a page begins: behind a version of a backup. */
    private record Place(String origin, String backup, Cursor cursor) {

        static Place parse(String text) {
            try {
                String[] parts = text.split("!", -1);
                byte[] key = Base64.getUrlDecoder().decode(parts[2]);
                return new Place(parts[0], parts[1], new Cursor(key, Long.parseLong(parts[3])));
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("'" + text + "' is no place in a list of versions", e);
            }
        }

        String text() {
            String key = Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.key());
            return origin + "!" + backup + "!" + key + "!" + cursor.number();
        }

        /** Where to begin in a backup; null: it is passed already. */
        Cursor in(BackupRow row) {
            int order = origin.compareTo(row.origin());
            order = order == 0 ? backup.compareTo(row.name()) : order;
            return order == 0 ? cursor : order < 0 ? Cursor.BEGIN : null;
        }
    }

    private static Rows rows(Connection connection, Query query, Place from, int limit) throws SQLException {
        List<BackupRow> backups = new ArrayList<>(BackupRow.list(connection, query.origin()));
        backups.removeIf(row -> query.backup() != null && !row.name().equals(query.backup()));
        backups.sort((a, b) -> a.origin().equals(b.origin())
                ? a.name().compareTo(b.name())
                : a.origin().compareTo(b.origin()));
        Map<Long, String> media = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        for (BackupRow backup : backups) {
            Cursor cursor = from.in(backup);
            if (cursor == null) {
                continue;
            }
            for (Taken each : query(connection, query, backup).page(connection, cursor, limit - rows.size())) {
                rows.add(new Row(backup, each, medium(connection, each.entry(), media)));
            }
            if (rows.size() >= limit) {
                EntryRow last = rows.get(rows.size() - 1).taken.entry();
                return new Rows(rows, new Place(backup.origin(), backup.name(), Cursor.behind(last)).text());
            }
        }
        return new Rows(rows, null);
    }

    List<Optional<Version>> named(String origin, List<VersionKey> keys) throws IOException {
        return core.settled(() -> core.tables().call(connection -> {
            Map<String, Optional<BackupRow>> backups = new HashMap<>();
            Map<Long, String> media = new HashMap<>();
            List<Optional<Version>> found = new ArrayList<>();
            for (VersionKey key : keys) {
                Optional<BackupRow> backup = backup(connection, origin, key.backup(), backups);
                Optional<Taken> taken = backup.isEmpty()
                        ? Optional.empty()
                        : EntryRow.version(connection, backup.get().id(), key.path(), key.run());
                found.add(
                        taken.isEmpty()
                                ? Optional.empty()
                                : Optional.of(version(new Row(
                                        backup.get(),
                                        taken.get(),
                                        medium(connection, taken.get().entry(), media)))));
            }
            return found;
        }));
    }

    private static Optional<BackupRow> backup(
            Connection connection, String origin, String name, Map<String, Optional<BackupRow>> known)
            throws SQLException {
        Optional<BackupRow> backup = known.get(name);
        if (backup == null) {
            backup = BackupRow.find(connection, origin, name);
            known.put(name, backup);
        }
        return backup;
    }

    List<Long> ends(List<StoredVersion> versions, Instant at) throws IOException {
        return core.settled(() -> core.tables().call(connection -> {
            Map<String, Optional<BackupRow>> backups = new HashMap<>();
            List<Long> ends = new ArrayList<>();
            for (StoredVersion version : versions) {
                RunId run = version.run();
                Optional<BackupRow> backup = backup(connection, run.origin(), run.backup(), backups);
                ends.add(backup.isEmpty() ? 0L : end(connection, backup.get().id(), version, at));
            }
            return ends;
        }));
    }

    private static long end(Connection connection, long backup, StoredVersion version, Instant at) throws SQLException {
        long first =
                EntryRow.end(connection, backup, version.path(), version.run().number());
        return first != 0 && at != null && first > RunRow.at(connection, backup, RunText.millis(at)) ? 0 : first;
    }

    private static VersionQuery query(Connection connection, Query query, BackupRow backup) throws SQLException {
        long at = query.at() == null ? -1 : RunRow.at(connection, backup.id(), RunText.millis(query.at()));
        return new VersionQuery(backup.id(), query.path(), query.recursive(), at, !query.all());
    }

    private static String medium(Connection connection, EntryRow entry, Map<Long, String> known) throws SQLException {
        EntryRow.Content content = entry.content();
        long run = content == null ? entry.place().run() : content.place().run();
        long frame = content == null ? entry.place().frame() : content.place().frame();
        String medium = known.get(run);
        if (medium == null) {
            medium = PartRow.with(connection, run, frame).map(PartRow::medium).orElse("");
            known.put(run, medium);
        }
        return medium;
    }

    private static Version version(Row row) {
        EntryRow entry = row.taken.entry();
        RunId run = new RunId(row.backup.origin(), row.backup.name(), entry.number());
        String sha256 = entry.sha256() == null ? null : HexFormat.of().formatHex(entry.sha256());
        StoredVersion version = new StoredVersion(
                run,
                entry.path(),
                entry.until(),
                row.taken.taken(),
                entry.type(),
                entry.size(),
                entry.modified(),
                sha256,
                row.medium,
                entry.doubt());
        return new Version(id(row.backup.name(), entry), version);
    }

    static String id(String backup, EntryRow entry) {
        return backup + "/" + entry.number() + "/" + entry.place().frame() + "."
                + entry.place().item();
    }

    ReadableByteChannel content(String origin, List<String> ids, long skip, long begun) throws IOException {
        List<String> rest = ids.subList((int) Math.min(skip, ids.size()), ids.size());
        List<Wanted> wanted = core.tables().call(connection -> {
            Map<String, Optional<BackupRow>> backups = new HashMap<>();
            List<Wanted> found = new ArrayList<>();
            for (String id : rest) {
                found.add(find(connection, origin, id, backups).orElse(null));
            }
            return found;
        });
        int absent = wanted.indexOf(null);
        if (absent >= 0) {
            throw new NoSuchFileException(rest.get(absent), null, "there is no such version of " + origin);
        }
        Iterator<Wanted> all = wanted.iterator();
        return new ContentFeed(core, origin, () -> all.hasNext() ? all.next() : null, begun, clock.instant());
    }

    private static Optional<Wanted> find(
            Connection connection, String origin, String id, Map<String, Optional<BackupRow>> backups)
            throws SQLException {
        Matcher matcher = ID.matcher(id);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<BackupRow> backup = backup(connection, origin, matcher.group(1), backups);
        if (backup.isEmpty()) {
            return Optional.empty();
        }
        long number;
        try {
            number = Long.parseLong(matcher.group(2));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
        Optional<RunRow> run = RunRow.find(connection, backup.get().id(), number);
        if (run.isEmpty()) {
            return Optional.empty();
        }
        EntryRow.Place place = new EntryRow.Place(
                run.get().id(), Long.parseLong(matcher.group(3)), Integer.parseInt(matcher.group(4)));
        return EntryRow.version(connection, place)
                .map(taken -> new Wanted(backup.get().name(), taken.entry()));
    }

    ReadableByteChannel content(Query query, long skip) throws IOException {
        return new ContentFeed(core, query.origin(), new Selected(query, skip), 0, clock.instant());
    }

    /** The versions of a query, page by page. */
    private final class Selected implements ContentFeed.Source {

        private final Query query;
        private long skip;
        private String cursor;
        private boolean last;
        private final Deque<Wanted> page = new ArrayDeque<>();

        Selected(Query query, long skip) {
            if (query.origin() == null) {
                throw new IllegalArgumentException("contents are those of one origin");
            }
            this.query = query;
            this.skip = skip;
        }

        @Override
        public Wanted next() throws IOException {
            while (true) {
                while (page.isEmpty() && !last) {
                    Rows rows = rows(query, cursor, PAGE);
                    rows.rows.forEach(row -> page.add(new Wanted(row.backup.name(), row.taken.entry())));
                    cursor = rows.next;
                    last = cursor == null;
                }
                Wanted next = page.poll();
                if (next == null || skip == 0) {
                    return next;
                }
                skip--;
            }
        }
    }
}
