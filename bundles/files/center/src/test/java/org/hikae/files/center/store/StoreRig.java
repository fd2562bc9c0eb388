package org.hikae.files.center.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.job.Progress;
import org.hikae.api.media.spi.Medium;
import org.hikae.files.center.store.CenterStore.Page;
import org.hikae.files.center.store.CenterStore.Query;
import org.hikae.files.center.store.CenterStore.Stored;
import org.hikae.files.center.table.Tables;
import org.hikae.files.center.table.TestTables;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunItem.Data;
import org.hikae.files.transfer.run.RunItem.FileItem;
import org.hikae.files.transfer.run.RunReader;

/** A store on media in memory, with a database in memory, that can be started again and lose things. */
final class StoreRig implements AutoCloseable {

    static final String MEDIUM = "m";
    static final String OTHER = "n";

    final Map<String, CrashMedium> media = new LinkedHashMap<>();
    private final Map<RunId, RunInfo> sent = new HashMap<>();
    /** Media that are not plugged in. */
    final Set<String> away = new HashSet<>();
    /** Media that hang when they are opened. */
    final Hanging hanging = new Hanging();
    /** How long a medium is waited for. */
    Duration patience = Core.PATIENCE;
    /** What is worth to be stored once. */
    Sharing.Limits sharing = Sharing.Limits.USUAL;
    /** What the clock shows. */
    Instant now = Instant.EPOCH;
    /** On which new parts are put. */
    private String current = MEDIUM;

    private String database = TestTables.url();
    private Tables tables;
    Store store;

    StoreRig() throws IOException {
        media.put(MEDIUM, new CrashMedium());
        media.put(OTHER, new CrashMedium(medium()));
        start();
    }

    CrashMedium medium() {
        return media.get(MEDIUM);
    }

    private void start() throws IOException {
        start(Long.MAX_VALUE);
    }

    private void start(long opens) throws IOException {
        media.values().forEach(CrashMedium::restart);
        medium().opens = opens;
        tables = TestTables.open(database);
        store = new Store(
                this::open, tables, media::keySet, () -> now, ZoneOffset.UTC, new Store.Tuning(patience, sharing));
        store.use(current);
    }

    private Medium open(String medium, String area) throws IOException {
        if (away.contains(medium) || !media.containsKey(medium)) {
            throw new IOException("it is not plugged in");
        }
        hanging.pass(medium);
        return media.get(medium);
    }

    /** New parts are put there from now on. */
    void use(String medium) throws IOException {
        current = medium;
        store.use(medium);
    }

    String current() {
        return current;
    }

    Tables tables() {
        return tables;
    }

    /** Looks whether content is to be shared, and shares it. */
    void share() throws IOException {
        if (store.isToShare(Progress.NONE)) {
            store.share(Progress.NONE, work -> {});
        }
    }

    /** As after a kill: what is in the database stays. */
    void restart() throws IOException {
        tables.close();
        start();
    }

    /** As after a kill, with a database that is new. */
    void restartWithoutTables() throws IOException {
        restartWithoutTables(Long.MAX_VALUE);
    }

    /** As the other, and stops when that many objects were opened. */
    void restartWithoutTables(long opens) throws IOException {
        tables.close();
        database = TestTables.url();
        start(opens);
    }

    /** What the database has. */
    List<String> script() throws SQLException {
        List<String> script = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement();
                ResultSet lines = statement.executeQuery("SCRIPT NOPASSWORDS NOSETTINGS")) {
            while (lines.next()) {
                String line = lines.getString(1);
                if (!line.startsWith("CREATE USER")) {
                    script.add(line);
                }
            }
        }
        return script;
    }

    /** As after a kill, with a database as it was some time ago. */
    void restartWith(List<String> script) throws IOException, SQLException {
        tables.close();
        database = TestTables.url();
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            for (String line : script) {
                statement.execute(line);
            }
        }
        start();
    }

    /** Of a run of which something was sent. */
    Stored stored(RunId run) throws IOException {
        RunInfo info = sent.get(run);
        return info == null ? new Stored(run, 0, false) : store.stored(info);
    }

    /** Sends frames, from the first on that is not there, up to so many. */
    Stored send(TestRun run, int most) throws IOException {
        sent.put(run.info().id(), run.info());
        try (PartWriter writer = store.write(run.info())) {
            for (int sent = 0; sent < most && !writer.isFull(); sent++) {
                writer.write(ByteBuffer.wrap(run.frames().get((int) writer.next())));
            }
            return writer.commit();
        }
    }

    Stored sendAll(TestRun run) throws IOException {
        return send(run, Integer.MAX_VALUE);
    }

    List<Version> versions(Query query, int limit) throws IOException {
        List<Version> all = new ArrayList<>();
        String cursor = null;
        do {
            Page page = store.versions(query, cursor, limit);
            all.addAll(page.versions());
            cursor = page.next();
        } while (cursor != null);
        return all;
    }

    /** A file as it is given back. */
    record Restored(FileItem file, byte[] content) {}

    static List<Restored> read(ReadableByteChannel channel) throws IOException {
        List<Restored> files = new ArrayList<>();
        try (RunReader reader = new RunReader(channel)) {
            for (RunItem item = reader.next(); item != null; item = reader.next()) {
                if (item instanceof FileItem file) {
                    boolean has = file.content() instanceof RunItem.Follows;
                    files.add(new Restored(file, has ? new byte[(int) file.size()] : null));
                } else if (item instanceof Data data) {
                    byte[] content = files.get(files.size() - 1).content;
                    data.bytes()
                            .duplicate()
                            .get(content, (int) data.offset(), data.bytes().remaining());
                }
            }
        }
        return files;
    }

    byte[] frames(RunInfo run, long from) throws IOException {
        try (ReadableByteChannel channel = store.frames(run.id(), from)) {
            return Channels.newInputStream(channel).readAllBytes();
        }
    }

    /** By path, as text: what is given back, and what the lists say agree. */
    Map<String, Restored> restored(Query query) throws IOException {
        List<Version> versions = versions(query, 7);
        List<Restored> files = read(
                store.content(query.origin(), versions.stream().map(Version::id).toList(), 0));
        Map<String, Restored> byPath = new HashMap<>();
        for (int i = 0; i < files.size(); i++) {
            String path = versions.get(i).version().path().toString();
            if (!path.equals(files.get(i).file.path().toString())) {
                throw new AssertionError(
                        path + " is listed, and " + files.get(i).file.path() + " is given back");
            }
            byPath.put(path, files.get(i));
        }
        if (byPath.size() != versions.size()) {
            throw new AssertionError("a path is there twice");
        }
        return byPath;
    }

    @Override
    public void close() {
        tables.close();
    }
}
