package org.hikae.files.transfer.identity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.hikae.io.DurableFiles;
import org.hikae.io.PrivateFiles;

/**
 * Keeps an identity in a folder, in files that only their owner can read: {@code identity.p12}, and, as long as somebody
 * joins, {@code joining.key}. Each is written durably, and whole or not at all. One caller at a time for each folder.
 */
public final class IdentityFiles {
    private static final String STORE = "identity.p12";
    private static final String JOINING = "joining.key";
    private static final String ALIAS = "identity";

    /** PKCS #12 wants one; what protects the file are its permissions. */
    private static final char[] PASSWORD = "hikae".toCharArray();

    private static final int MAX_FILE = 1 << 20;

    private final Path folder;

    public IdentityFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * The identity that is kept; empty: none.
     *
     * @throws IOException if there is one that cannot be read
     */
    public Optional<Identity> load() throws IOException {
        Path file = folder.resolve(STORE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(read(file)), PASSWORD);
            Certificate[] chain = store.getCertificateChain(ALIAS);
            if (chain != null
                    && chain.length == 2
                    && store.getKey(ALIAS, PASSWORD) instanceof PrivateKey key
                    && chain[0] instanceof X509Certificate certificate
                    && chain[1] instanceof X509Certificate ca) {
                return Optional.of(new Identity(key, certificate, ca));
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
        throw new IOException(file + " holds no identity");
    }

    /** Keeps an identity in place of the one that is there; its key is the one that {@link #joining} has from then on. */
    public void save(Identity identity) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            Certificate[] chain = {identity.certificate(), identity.ca()};
            store.setKeyEntry(ALIAS, identity.key(), PASSWORD, chain);
            store.store(bytes, PASSWORD);
        } catch (GeneralSecurityException e) {
            throw new IOException("this identity cannot be kept: " + e.getMessage(), e);
        }
        write(folder.resolve(STORE), bytes.toByteArray());
        if (Files.deleteIfExists(folder.resolve(JOINING))) {
            DurableFiles.forceFolder(folder);
        }
    }

    /**
     * The key pair for joining: the same one again until all is {@linkplain #delete deleted}. So who was killed after the center had used up
     * the token, before the answer was kept or before it was noted who gave it, can ask again with the same key and token.
     *
     * @throws IOException if it cannot be kept
     */
    public KeyPair joining() throws IOException {
        Path file = folder.resolve(JOINING);
        if (Files.exists(file)) {
            Optional<KeyPair> kept = pair(new String(read(file), StandardCharsets.US_ASCII));
            if (kept.isPresent()) {
                return kept.get();
            }
        }
        Optional<KeyPair> joined = joined();
        if (joined.isPresent()) {
            return joined.get();
        }
        KeyPair pair = Keys.generate();
        String text = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()) + "\n"
                + Keys.text(pair.getPublic()) + "\n";
        write(file, text.getBytes(StandardCharsets.US_ASCII));
        return pair;
    }

    /** The key pair that an identity was given for. */
    private Optional<KeyPair> joined() {
        try {
            return load().map(kept -> new KeyPair(kept.certificate().getPublicKey(), kept.key()));
        } catch (IOException e) {
            // Whoever joins does so because this identity is of no use.
            return Optional.empty();
        }
    }

    private static Optional<KeyPair> pair(String text) {
        String[] lines = text.split("\n", -1);
        try {
            if (lines.length == 3) {
                byte[] encoded = Base64.getDecoder().decode(lines[0]);
                PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
                return Optional.of(new KeyPair(Keys.parse(lines[1]), key));
            }
        } catch (GeneralSecurityException | IllegalArgumentException | IOException e) {
            // Nobody has a certificate of it yet: another one serves as well.
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Forgets all that is kept, durably, and what a kill has left of it. */
    public void delete() throws IOException {
        boolean changed = false;
        for (String name : List.of(STORE, JOINING)) {
            changed |= Files.deleteIfExists(folder.resolve(name));
            changed |= Files.deleteIfExists(next(folder.resolve(name)));
        }
        if (changed) {
            DurableFiles.forceFolder(folder);
        }
    }

    /** Where it is written first. */
    private static Path next(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".next");
    }

    private static byte[] read(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE) {
            throw new IOException(file + " is too large");
        }
        return Files.readAllBytes(file);
    }

    /** As DurableFiles.replace, but nobody else can read the file at any time. */
    private void write(Path file, byte[] content) throws IOException {
        DurableFiles.createFolders(folder);
        Path next = next(file);
        Files.deleteIfExists(next);
        try (FileChannel channel = PrivateFiles.create(next)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        DurableFiles.forceFolder(folder);
    }
}
