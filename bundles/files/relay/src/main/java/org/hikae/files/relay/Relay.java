package org.hikae.files.relay;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.hikae.api.files.Confirmation;
import org.hikae.api.files.RunKey;
import org.hikae.api.files.center.CenterStatus;
import org.hikae.api.files.relay.Above;
import org.hikae.api.files.relay.Received;
import org.hikae.api.files.relay.RelayStatus;
import org.hikae.files.transfer.identity.Token;

/** What the relay's service does (e.8, e.9). Thread-safe. */
final class Relay implements Closeable {

    private static final int FOLDER_DIGITS = 16;

    private final Path folder;
    private final Received received;
    private final OwnCenter center;
    private final Joiner joiner;
    private final Link.Factory links;
    private final InstantSource clock;
    private final boolean sending;

    /** Held while it is started or stopped, which takes as long as others want; those who look do not wait for it. */
    private final Object changing = new Object();

    /** Written with that held; null: nothing is handed on. */
    private volatile Upstreams upstreams;

    /** Why it does not go on as it was told before; null: it does. */
    private volatile String problem;

    private boolean closed;

    /** The center of this platform. */
    interface OwnCenter {
        CenterStatus start(String listen, String medium) throws IOException;

        void stop() throws IOException;

        CenterStatus status() throws IOException;

        List<UUID> route() throws IOException;
    }

    /**
     * @param folder of all that it keeps
     * @param sending whether it hands on: the platform stays
     */
    Relay(
            Path folder,
            Received received,
            OwnCenter center,
            Joiner joiner,
            Link.Factory links,
            InstantSource clock,
            boolean sending) {
        this.folder = folder;
        this.received = received;
        this.center = center;
        this.joiner = joiner;
        this.links = links;
        this.clock = clock;
        this.sending = sending;
    }

    /** Goes on as it was told before. @throws IOException if what it was told cannot be read, or is of no use any more */
    void resume() throws IOException {
        synchronized (changing) {
            try {
                RelayState state = RelayState.load(folder);
                if (!closed
                        && upstreams == null
                        && state.running()
                        && !state.active().isEmpty()) {
                    upstreams = open(state);
                }
            } catch (IOException | RuntimeException e) {
                problem = "the relay cannot go on, and hands nothing on until 'relay start': " + e.getMessage();
                throw e;
            }
        }
    }

    /** Whether it was told to: also where it does not go on, and if that cannot be told, so that nothing is lost by it. */
    boolean isHandingOn() {
        try {
            return upstreams != null || RelayState.load(folder).running();
        } catch (IOException e) {
            return true;
        }
    }

    private Upstreams open(RelayState state) throws IOException {
        return Upstreams.open(folder, state.active(), received, links, this::route, sending);
    }

    private List<UUID> route() {
        try {
            return center.route();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RelayStatus start(String listen, List<URI> addresses, List<String> tokens, String medium) throws IOException {
        synchronized (changing) {
            if (closed) {
                throw new IOException("the relay is stopped");
            }
            RelayState before = RelayState.load(folder);
            List<Member> members = join(before, addresses(addresses, before), tokens);
            checkNoLoop(members);
            RelayState state = merged(before, members);
            startCenter(listen, medium, before, state);
            state.store(folder);
            end();
            upstreams = open(state);
            problem = null;
        }
        return status();
    }

    /**
     * With the first start the center is none of the last ones any more: that is noted before, as it may listen already and is going to hand on
     * what it has. So it says of nothing that it is where it is to be (R23), not even for a moment.
     */
    private void startCenter(String listen, String medium, RelayState before, RelayState next) throws IOException {
        boolean first = before.active().isEmpty();
        if (first) {
            new RelayState(false, next.members()).store(folder);
        }
        try {
            center.start(listen, medium);
        } catch (IOException | RuntimeException e) {
            if (first) {
                before.store(folder);
            }
            throw e;
        }
    }

    /** None: those of the last time. */
    private static List<URI> addresses(List<URI> given, RelayState before) throws IOException {
        List<URI> addresses =
                given.isEmpty() ? before.active().stream().map(Member::address).toList() : given;
        if (addresses.isEmpty()) {
            throw new IOException("say to which centers it hands on: --upstream URL --token TOKEN");
        }
        for (URI address : addresses) {
            if (!"https".equalsIgnoreCase(address.getScheme()) || address.getHost() == null) {
                throw new IOException("'" + address
                        + "' is no address of a center: write, for instance, https://backup.example:7443");
            } else if (addresses.indexOf(address) != addresses.lastIndexOf(address)) {
                throw new IOException(address + " is named twice");
            }
        }
        return addresses;
    }

    private List<Member> join(RelayState before, List<URI> addresses, List<String> tokens) throws IOException {
        if (tokens.size() > addresses.size()) {
            throw new IOException("there are more tokens than centers above");
        }
        List<Optional<Token>> parsed = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            parsed.add(token(i < tokens.size() ? tokens.get(i) : null));
            if (parsed.get(i).isEmpty() && before.at(addresses.get(i)).isEmpty()) {
                throw new IOException(addresses.get(i) + " was not joined yet: it needs a token; see 'center invite'");
            }
        }
        Instant now = clock.instant();
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            URI address = addresses.get(i);
            Optional<Member> known = before.at(address);
            Optional<Token> token = parsed.get(i);
            if (token.isEmpty() || known.isPresent() && known.get().folder().equals(folder(token.get()))) {
                members.add(known.orElseThrow().active(true));
            } else {
                Joiner.Joined joined = joiner.join(address, token.get(), folder.resolve(folder(token.get())));
                members.add(new Member(address, folder(token.get()), joined.name(), joined.center(), now, true));
            }
        }
        return members;
    }

    private static Optional<Token> token(String text) throws IOException {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        Optional<Token> token = Token.parse(text);
        if (token.isEmpty()) {
            throw new IOException("this is no token, or a part of one; see 'center invite'");
        }
        return token;
    }

    /** Each token has a folder of its own, so that what was joined with another one stays until this one is of use. */
    private static String folder(Token token) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(token.text().getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash).substring(0, FOLDER_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Longer loops show when a center sees its own id in what is announced to it. */
    private void checkNoLoop(List<Member> members) throws IOException {
        List<UUID> route = center.route();
        Map<UUID, URI> seen = new HashMap<>();
        for (Member member : members) {
            if (route.contains(member.id())) {
                throw new IOException(
                        member.address() + " hands on to this relay itself, or is it: that would be a loop");
            }
            URI same = seen.put(member.id(), member.address());
            if (same != null) {
                throw new IOException(same + " and " + member.address() + " are the same center");
            }
        }
    }

    /** Those that are left out get nothing any more; they can come back without a token. */
    private static RelayState merged(RelayState before, List<Member> members) {
        List<Member> all = new ArrayList<>(members);
        for (Member former : before.members()) {
            if (members.stream().noneMatch(member -> member.address().equals(former.address()))) {
                all.add(former.active(false));
            }
        }
        return new RelayState(true, all);
    }

    private void end() {
        Upstreams now = upstreams;
        upstreams = null;
        if (now != null) {
            now.close();
        }
    }

    void stop() throws IOException {
        synchronized (changing) {
            RelayState before = RelayState.load(folder);
            if (!before.running()) {
                throw new IOException("the relay was not started; see 'relay status'");
            }
            new RelayState(false, before.members()).store(folder);
            end();
            CenterStatus own = center.status();
            // One that wants to listen and cannot says why; where nothing ever listens it is not known.
            if (own.running() || !own.problems().isEmpty() || !sending) {
                center.stop();
            }
        }
    }

    RelayStatus status() throws IOException {
        Upstreams now = upstreams;
        if (now != null) {
            return new RelayStatus(sending, center.status().address(), now.status());
        }
        RelayState state = RelayState.load(folder);
        List<RelayStatus.Upstream> members = state.active().stream()
                .map(member -> new RelayStatus.Upstream(member.address(), null, 0, 0, state.running() ? problem : null))
                .toList();
        return new RelayStatus(
                false, state.members().isEmpty() ? null : center.status().address(), members);
    }

    /** As {@link Above#confirm}. One that was stopped still is none of the last centers: it hands on when it is started. */
    Optional<List<Confirmation>> confirm(String member, List<RunKey> runs, Consumer<List<Confirmation>> more)
            throws IOException {
        Upstreams now = upstreams;
        if (now != null) {
            return Optional.of(now.confirm(member, runs, more));
        }
        return RelayState.load(folder).active().isEmpty()
                ? Optional.empty()
                : Optional.of(runs.stream().map(Confirmation::none).toList());
    }

    /** As {@link Above#versions}. What was handed on is not passed over while nothing is. */
    Above.Listing versions(String origin, String path, Instant at, Map<String, Long> released) throws IOException {
        PassThrough above = above().orElse(null);
        if (above != null) {
            return above.versions(origin, path, at, released);
        } else if (released.isEmpty()) {
            return Above.Listing.NONE;
        }
        String why = problem;
        throw new IOException("what this relay has handed on cannot be asked for: "
                + (why == null ? "it was stopped; see 'relay start'" : why));
    }

    /** Empty: this is no relay now, and nothing is above. */
    Optional<PassThrough> above() {
        Upstreams now = upstreams;
        return now == null ? Optional.empty() : Optional.of(new PassThrough(now.all(), clock));
    }

    /** Ends what goes on, which goes on when it is resumed elsewhere. Idempotent. */
    @Override
    public void close() {
        synchronized (changing) {
            closed = true;
            end();
        }
    }
}
