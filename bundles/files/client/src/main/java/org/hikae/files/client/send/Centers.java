package org.hikae.files.client.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.hikae.api.job.Reason;
import org.hikae.config.Configured;
import org.hikae.files.transfer.identity.Identity;
import org.hikae.files.transfer.identity.IdentityFiles;
import org.hikae.files.transfer.identity.Token;
import org.hikae.files.transfer.uplink.Joining;
import org.hikae.files.transfer.uplink.Uplink;
import org.hikae.files.transfer.uplink.UplinkTimes;
import org.hikae.io.DurableFiles;

/**
 * The centers that this client has joined, each in a folder of its own: its identity, and {@code client.json}, written last. Thread-safe.
 */
public final class Centers implements Closeable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "client.json";

    private final Path folder;
    private final Clock clock;
    private final boolean sending;
    private final Outboxes outboxes;

    /** Guarded by this, as below. */
    private final Map<String, Center> centers = new TreeMap<>();

    /** Why a center that was joined is of no use, by its name. */
    private final Map<String, String> problems = new TreeMap<>();

    private boolean closed;

    /** Held while one joins or leaves, which takes as long as the center wants; those who look do not wait for it. */
    private final Object membership = new Object();

    /** Makes the outbox for a center. */
    @FunctionalInterface
    public interface Outboxes {
        Outbox outbox(String center, String origin);
    }

    /**
     * @param folder of all folders
     * @param sending whether runs are sent: the platform stays
     */
    public Centers(Path folder, Clock clock, boolean sending, Outboxes outboxes) {
        this.folder = folder;
        this.clock = clock;
        this.sending = sending;
        this.outboxes = outboxes;
    }

    /** Finds the centers that were joined. @throws IOException if their folder cannot be read */
    public synchronized void open() throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
            folders.forEach(found::add);
        } catch (NoSuchFileException e) {
            return;
        }
        for (Path center : found) {
            if (Files.exists(center.resolve(FILE))) {
                String name = center.getFileName().toString();
                try {
                    open(name, center);
                } catch (IOException | RuntimeException e) {
                    problems.put(name, Reason.of(e));
                }
            }
        }
    }

    private void open(String name, Path center) throws IOException {
        JsonNode node = JSON.readTree(Files.readAllBytes(center.resolve(FILE)));
        if (node == null || node.path("version").asInt() != 1) {
            throw new IOException(center.resolve(FILE) + " is of another version, or none");
        }
        URI address = URI.create(node.required("address").asText());
        Identity identity = new IdentityFiles(center)
                .load()
                .orElseThrow(() -> new IOException("the identity in " + center + " is missing; join again"));
        enter(name, address, identity);
    }

    private synchronized Center enter(String name, URI address, Identity identity) throws IOException {
        Outbox outbox = outboxes.outbox(name, identity.name());
        Uplink uplink = new Uplink(address, identity, outbox, List::of, UplinkTimes.USUAL, clock, new Random());
        Center center = new Center(name, address, outbox, uplink);
        centers.put(name, center);
        problems.remove(name);
        if (sending) {
            uplink.start();
        }
        return center;
    }

    /**
     * Joins a center, durably.
     *
     * @param before done with what the center knows of this client, before anything is sent to it
     * @throws IOException if the name is taken or not allowed, the token none, or joining fails
     */
    public Center join(String name, URI address, String token, Before before) throws IOException {
        if (!"https".equalsIgnoreCase(address.getScheme()) || address.getHost() == null) {
            throw new IOException(
                    "'" + address + "' is no address of a center: write, for instance, https://backup.example:7443");
        }
        Token parsed = Token.parse(token)
                .orElseThrow(() -> new IOException("this is no token, or a part of one; see 'center invite'"));
        String chosen = name == null ? address.getHost().replaceAll("[^A-Za-z0-9._-]", "-") : name;
        if (!Configured.isName(chosen)) {
            throw new IOException("'" + chosen + "' cannot be the name of a center; choose one with --name");
        }
        synchronized (membership) {
            if (Files.exists(folder.resolve(chosen).resolve(FILE))) {
                throw new IOException("there is a center '" + chosen
                        + "' already; choose another name with --name, or see" + " 'client leave'");
            }
            Path own = folder.resolve(chosen);
            Joining.Joined joined = Joining.join(address, parsed, new IdentityFiles(own), UplinkTimes.USUAL, clock);
            before.done(joined.lastRuns());
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("version", 1);
            node.put("address", address.toString());
            DurableFiles.replace(own.resolve(FILE), JSON.writeValueAsBytes(node));
            return enter(chosen, address, joined.identity());
        }
    }

    /** Takes note of what a center knows. */
    @FunctionalInterface
    public interface Before {
        /** @param lastRuns number of the last run of each row that the center knows of this client */
        void done(Map<String, Long> lastRuns) throws IOException;
    }

    /** @throws IOException if there is no such center */
    public void leave(String name) throws IOException {
        Path own = folder.resolve(name);
        synchronized (membership) {
            if (!Configured.isName(name) || !Files.exists(own.resolve(FILE))) {
                throw none(name);
            }
            Center center;
            synchronized (this) {
                center = centers.remove(name);
                problems.remove(name);
            }
            if (center != null) {
                // Its threads may be asking here which rows it has, so that nothing is held that they wait for.
                center.close();
            }
            Files.deleteIfExists(own.resolve(FILE));
            DurableFiles.forceFolder(own);
            new IdentityFiles(own).delete();
            // What a kill has left of it would keep the folder.
            Files.deleteIfExists(own.resolve("." + FILE + ".next"));
            Files.deleteIfExists(own);
        }
    }

    private static IOException none(String name) {
        return new IOException("there is no center '" + name + "'; see 'client status'");
    }

    public synchronized List<Center> all() {
        return List.copyOf(centers.values());
    }

    /** Those that cannot be used, and why, by their name. */
    public synchronized Map<String, String> problems() {
        return Map.copyOf(problems);
    }

    /** @param name null: the only one there is, which nobody has to name. @throws IOException if there is none, or which one is not told */
    public synchronized Center get(String name) throws IOException {
        if (name == null) {
            Collection<Center> all = centers.values();
            if (all.size() != 1) {
                throw new IOException(
                        all.isEmpty()
                                ? "no center was joined; see 'client join'"
                                : "there are several centers: " + String.join(", ", centers.keySet()) + "; say which");
            }
            return all.iterator().next();
        }
        Center center = centers.get(name);
        if (center == null) {
            String problem = problems.get(name);
            throw problem == null ? none(name) : new IOException("center '" + name + "': " + problem);
        }
        return center;
    }

    /** Whether a row belongs to a center: it names it, or there is no other. */
    public synchronized boolean belongs(String rowCenter, String center) {
        return rowCenter == null ? centers.size() + problems.size() == 1 : rowCenter.equals(center);
    }

    /** There is something new to announce. */
    public void changed() {
        all().forEach(center -> center.uplink().changed());
    }

    /** Somebody waits for them: those that could not be reached are tried at once. */
    public void wake() {
        all().forEach(center -> center.uplink().wake());
    }

    /** Ends all that goes on. */
    @Override
    public void close() {
        List<Center> open;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            open = List.copyOf(centers.values());
            centers.clear();
        }
        open.forEach(Center::close);
    }
}
