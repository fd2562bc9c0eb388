package org.hikae.files.center.authority;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.hikae.files.transfer.identity.Origins;
import org.hikae.io.DurableFiles;

/**
 * Members and invitations, durably: what a call has changed survives whatever comes after it returned. Media do not say who may
 * speak, so that this is no index of something else; one that cannot be read opens for nobody. Thread-safe.
 */
public final class Members implements Closeable {

    private final MVStore store;
    /** Makes durable what was committed. */
    private final Consumer<MVStore> sync;
    /** By name. */
    private final MVMap<String, byte[]> members;
    /** By the SHA-256 of the secret, hexadecimal. */
    private final MVMap<String, byte[]> invitations;
    /** Names of those whose certificate is accepted, by its fingerprint: what each request asks for. Guarded by this. */
    private final Map<String, String> accepted = new HashMap<>();
    /** The same by the secret with which they joined. Guarded by this. */
    private final Map<String, String> joined = new HashMap<>();

    private Members(MVStore store, Consumer<MVStore> sync) {
        this.store = store;
        this.sync = sync;
        members = store.openMap("members");
        invitations = store.openMap("invitations");
    }

    /** @throws IOException if it cannot be read, or is open elsewhere */
    public static Members open(Path folder) throws IOException {
        return open(folder, MVStore::sync);
    }

    static Members open(Path folder, Consumer<MVStore> sync) throws IOException {
        DurableFiles.createFolders(folder);
        Path file = folder.resolve("members.mv");
        MVStore store = null;
        try {
            // Of the two ways in which H2 reads files, the one that an interrupt of the caller does not close.
            store = new MVStore.Builder()
                    .fileName("async:" + file.toAbsolutePath())
                    .autoCommitDisabled()
                    .open();
            Members opened = new Members(store, sync);
            opened.index();
            return opened;
        } catch (MVStoreException | IOException e) {
            if (store != null) {
                store.closeImmediately();
            }
            throw new IOException("the members of the center cannot be read from " + file + ": " + e.getMessage(), e);
        }
    }

    /** What counts is what the store has. */
    private synchronized void index() throws IOException {
        accepted.clear();
        joined.clear();
        for (byte[] bytes : members.values()) {
            index(MemberCodec.member(bytes));
        }
    }

    private void index(Member member) {
        if (!member.revoked()) {
            accepted.put(member.fingerprint(), member.name());
            joined.put(member.invitation(), member.name());
        }
    }

    private void forget(Member member) {
        accepted.remove(member.fingerprint());
        joined.remove(member.invitation());
    }

    /**
     * Lets whoever knows the secret join under a name; a former invitation under it ends.
     *
     * @param secret its SHA-256, hexadecimal
     * @throws IOException if the name is not allowed, or taken and not to be replaced
     */
    public synchronized void invite(String secret, Invitation invitation) throws IOException {
        String name = invitation.name();
        if (!Origins.isName(name)) {
            throw new IOException("'" + name + "' cannot be the name of a client: use a letter or digit, then up to 30"
                    + " letters, digits, dots, dashes and underscores");
        }
        if (!invitation.replace() && members.containsKey(name)) {
            throw new IOException("there is a client '" + name + "' already; choose another name, or use --replace if"
                    + " its machine was lost and a new one takes its place");
        }
        change(() -> {
            withdraw(name);
            invitations.put(secret, MemberCodec.bytes(invitation));
        });
    }

    private void withdraw(String name) throws IOException {
        List<String> secrets = new ArrayList<>();
        for (Map.Entry<String, byte[]> entry : invitations.entrySet()) {
            if (MemberCodec.invitation(entry.getValue()).name().equals(name)) {
                secrets.add(entry.getKey());
            }
        }
        secrets.forEach(invitations::remove);
    }

    /** The invitation of a secret that has not expired; forgets those that have. */
    synchronized Optional<Invitation> invitation(String secret, Instant now) throws IOException {
        byte[] bytes = invitations.get(secret);
        if (bytes == null) {
            return Optional.empty();
        }
        Invitation found = MemberCodec.invitation(bytes);
        if (now.isBefore(found.expires())) {
            return Optional.of(found);
        }
        change(() -> invitations.remove(secret));
        return Optional.empty();
    }

    /** The member that has joined with a secret, and still is one. */
    synchronized Optional<Member> joinedWith(String secret) throws IOException {
        String name = joined.get(secret);
        return name == null ? Optional.empty() : find(name);
    }

    /**
     * Uses an invitation up: its secret is worth nothing from then on, and a former certificate of the name is not accepted any more.
     *
     * @throws RefusedException if it was used or withdrawn meanwhile, or the name was taken
     */
    synchronized void join(Member member) throws IOException {
        byte[] bytes = invitations.get(member.invitation());
        Invitation invitation = bytes == null ? null : MemberCodec.invitation(bytes);
        Member former = find(member.name()).orElse(null);
        if (invitation == null
                || !invitation.name().equals(member.name())
                || (former != null && !invitation.replace())) {
            throw new RefusedException("the token is not valid (any more)");
        }
        change(() -> {
            invitations.remove(member.invitation());
            members.put(member.name(), MemberCodec.bytes(member));
        });
        if (former != null) {
            forget(former);
        }
        index(member);
    }

    /** Accepts a member's certificate no more. @throws IOException if there is no such member, nor anybody invited under the name */
    public synchronized void revoke(String name) throws IOException {
        Member member = find(name).orElse(null);
        boolean invited =
                invited().stream().anyMatch(invitation -> invitation.name().equals(name));
        if (member == null && !invited) {
            throw new IOException("there is no client '" + name + "'; see 'center clients'");
        }
        change(() -> {
            withdraw(name);
            if (member != null) {
                members.put(name, MemberCodec.bytes(member.asRevoked()));
            }
        });
        if (member != null) {
            forget(member);
        }
    }

    /** Name of the member whose certificate this is, if it is accepted. */
    synchronized Optional<String> accepted(String fingerprint) {
        return Optional.ofNullable(accepted.get(fingerprint));
    }

    public synchronized Optional<Member> find(String name) throws IOException {
        byte[] bytes = members.get(name);
        return bytes == null ? Optional.empty() : Optional.of(MemberCodec.member(bytes));
    }

    /** Whether a member of that name is accepted. */
    public synchronized boolean isMember(String name) throws IOException {
        return find(name).map(member -> !member.revoked()).orElse(false);
    }

    /** Number of those that are accepted. */
    public synchronized long count() {
        return accepted.size();
    }

    /**
     * Of all that ever joined, by name, so many at most: fewer only if there are no more.
     *
     * @param after those behind this one; null: from the first on
     */
    public synchronized List<Member> page(String after, int limit) throws IOException {
        List<Member> page = new ArrayList<>();
        Iterator<String> names = members.keyIterator(after);
        while (names.hasNext() && page.size() < limit) {
            String name = names.next();
            byte[] bytes = name.equals(after) ? null : members.get(name);
            if (bytes != null) {
                page.add(MemberCodec.member(bytes));
            }
        }
        return page;
    }

    /** All invitations, those that have expired too. */
    public synchronized List<Invitation> invited() throws IOException {
        List<Invitation> all = new ArrayList<>();
        for (byte[] bytes : invitations.values()) {
            all.add(MemberCodec.invitation(bytes));
        }
        return all;
    }

    private interface Change {
        void make() throws IOException;
    }

    /**
     * All of it or nothing, on disk when it returns. If it fails after it was committed, it may be there all the same: what the store has counts
     * from then on, here as after a restart.
     */
    private void change(Change change) throws IOException {
        try {
            change.make();
            store.commit();
            sync.accept(store);
        } catch (MVStoreException | IOException e) {
            try {
                store.rollback();
                index();
            } catch (MVStoreException | IOException f) {
                accepted.clear();
                joined.clear();
                e.addSuppressed(f);
            }
            throw new IOException("the members of the center cannot be stored: " + e.getMessage(), e);
        }
    }

    /** Idempotent. */
    @Override
    public synchronized void close() {
        if (!store.isClosed()) {
            store.close();
        }
    }
}
