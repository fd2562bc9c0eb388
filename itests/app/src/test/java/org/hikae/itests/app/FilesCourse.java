package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What one client backs up, time and again, and a model of it: each local backup has a file of its own content, so that any center's list
 * tells which run is which backup, also where the client did not live to tell.
 */
final class FilesCourse {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARK = "which";
    private static final int MOST_CHANGES = 12;

    /** Why a backup may fail when there is no room. */
    private static final Pattern NO_ROOM = Pattern.compile("(?s).*(is full|No space left|no room).*");

    private final Party client;
    private final FileTree tree;
    private final Random random;
    private final List<Backup> backups = new ArrayList<>();
    private int failed;
    private int cutOff;

    /**
     * A local backup that was asked for.
     *
     * @param files what there was, as centers list it
     * @param made whether the client said so; it may have been made all the same
     * @param end when it had been made, if it was said
     */
    record Backup(SortedMap<String, String> files, boolean made, Instant end) {}

    FilesCourse(Party client, Random random) throws IOException {
        this.client = client;
        this.random = random;
        tree = new FileTree(client.folder().resolve("tree"), random);
    }

    Party client() {
        return client;
    }

    Path root() {
        return tree.root();
    }

    /** Backups that failed, and that the client did not live to tell of. */
    String counts() {
        return client.name() + ": " + backups.size() + " backups, " + failed + " failed, " + cutOff + " cut off";
    }

    /** Changes files and has them backed up, whatever comes of it. */
    void step() throws IOException, InterruptedException {
        tree.change(1 + random.nextInt(MOST_CHANGES));
        Files.writeString(tree.root().resolve(MARK), mark(backups.size()));
        SortedMap<String, String> files = TreeText.listed(tree.root());
        Program.Result result = client.run("client run docs");
        backups.add(new Backup(files, result.code() == 0, Instant.now()));
        if (result.code() == Served.KILLED) {
            cutOff++;
        } else if (result.code() != 0) {
            failed++;
            assertThat(result.output()).matches(NO_ROOM);
        }
    }

    /** The last one, which is made. */
    void finish() throws IOException, InterruptedException {
        int before = failed + cutOff;
        step();
        assertThat(failed + cutOff).as("the last backup of %s", client.name()).isEqualTo(before);
    }

    private String mark(int number) {
        return client.name() + " " + number;
    }

    /** Whether a center has the last one. */
    boolean isAt(Party center, String origin) throws IOException {
        String path = tree.root().resolve(MARK).toString();
        String listed = center.ok("center files --client " + origin + " --path '" + path + "' --json");
        return listed.contains(FileTree.sha256(mark(backups.size() - 1)));
    }

    /** I6: all backups are at a center, and each has what there was. */
    void check(Party center, String origin) throws IOException {
        JsonNode versions = JSON.readTree(center.ok("center files --client " + origin + " --json"));
        Map<String, Integer> marks = new HashMap<>();
        for (int i = 0; i < backups.size(); i++) {
            marks.put(FileTree.sha256(mark(i)), i);
        }
        String marked = TreeText.bytes(tree.root().resolve(MARK));
        Set<Integer> found = new HashSet<>();
        for (JsonNode version : versions) {
            if (TreeText.bytes(version.get("path").asText()).equals(marked)) {
                long run = version.get("run").asLong();
                Integer backup = marks.get(version.get("sha256").asText());
                assertThat(backup).as("run %d of %s is a backup", run, origin).isNotNull();
                found.add(backup);
                assertThat(files(versions, run))
                        .as("run %d of %s at %s, backup %d", run, origin, center.name(), backup)
                        .isEqualTo(backups.get(backup).files);
            }
        }
        for (int i = 0; i < backups.size(); i++) {
            if (backups.get(i).made) {
                assertThat(found)
                        .as("backups of %s at %s", origin, center.name())
                        .contains(i);
            }
        }
    }

    /** What was there at the time of a run. */
    private static SortedMap<String, String> files(JsonNode versions, long run) {
        SortedMap<String, String> files = new TreeMap<>();
        for (JsonNode version : versions) {
            boolean until =
                    version.get("until").isNull() || version.get("until").asLong() > run;
            if (version.get("run").asLong() <= run && until) {
                JsonNode sha256 = version.get("sha256");
                String line = TreeText.listed(
                        Instant.parse(version.get("modified").asText()),
                        version.get("size").asLong(),
                        sha256.isNull() ? null : sha256.asText());
                String path = TreeText.bytes(version.get("path").asText());
                assertThat(files.put(path, line))
                        .as("one version of %s in run %d", path, run)
                        .isNull();
            }
        }
        return files;
    }

    /** The latest comes back elsewhere, and in its place when all is lost. */
    void checkRestores() throws IOException {
        SortedMap<String, String> original = TreeText.of(tree.root());
        Path elsewhere = Files.createDirectory(client.folder().resolve("elsewhere"));
        client.ok("client restore '" + tree.root() + "' --to '" + elsewhere + "'");
        assertThat(TreeText.of(elsewhere.resolve(tree.root().getFileName())))
                .as(client.name())
                .isEqualTo(original);
        FileTree.delete(tree.root());
        client.ok("client restore '" + tree.root() + "'");
        assertThat(TreeText.of(tree.root())).as("%s, in place", client.name()).isEqualTo(original);
    }

    /** Some of the former ones come back as of their time. Only if the client's clock was never set. */
    void checkTimes(int many) throws IOException {
        List<Integer> made = new ArrayList<>();
        for (int i = 0; i < backups.size(); i++) {
            if (backups.get(i).made) {
                made.add(i);
            }
        }
        for (int i = 0; i < many; i++) {
            int which = made.get(random.nextInt(made.size()));
            Path then = Files.createDirectory(client.folder().resolve("then" + i));
            Backup backup = backups.get(which);
            client.ok("client restore '" + tree.root() + "' --at " + backup.end + " --to '" + then + "'");
            String from = TreeText.bytes(then.resolve(tree.root().getFileName()));
            SortedMap<String, String> found = new TreeMap<>();
            TreeText.listed(then.resolve(tree.root().getFileName()))
                    .forEach((path, line) ->
                            found.put(TreeText.bytes(tree.root()) + path.substring(from.length()), line));
            assertThat(found).as("%s, backup %d", client.name(), which).isEqualTo(backup.files);
        }
    }
}
