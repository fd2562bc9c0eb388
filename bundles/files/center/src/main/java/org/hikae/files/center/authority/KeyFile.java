package org.hikae.files.center.authority;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.hikae.io.BufferedIo;
import org.hikae.io.DurableFiles;
import org.hikae.io.PrivateFiles;

/**
 * A key and its certificates in a PKCS #12 file, which its owner alone can read. The password is no secret: one that lies beside
 * the file protects nothing, and a platform starts without anybody who could enter it.
 */
final class KeyFile {

    static final String TYPE = "PKCS12";
    static final String PASSWORD = "hikae";

    private static final String KEY = "key";
    private static final String CERTIFICATE = "ca";

    /** @param chain the key's own certificate first */
    @SuppressWarnings("ArrayRecordComponent")
    record Content(PrivateKey key, X509Certificate[] chain) {}

    private KeyFile() {}

    /** @throws IOException if it cannot be read, or holds something else */
    static Content read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(TYPE);
            store.load(in, PASSWORD.toCharArray());
            var chain = store.getCertificateChain(KEY);
            if (!(store.getKey(KEY, PASSWORD.toCharArray()) instanceof PrivateKey key) || chain == null) {
                throw new IOException("it has no key");
            }
            X509Certificate[] certificates = new X509Certificate[chain.length];
            System.arraycopy(chain, 0, certificates, 0, chain.length);
            return new Content(key, certificates);
        } catch (GeneralSecurityException | IOException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Writes the file, durably and as one step. */
    static void write(Path file, Content content) throws IOException {
        try {
            KeyStore store = empty();
            store.setKeyEntry(KEY, content.key(), PASSWORD.toCharArray(), content.chain());
            replace(file, store);
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** Writes a file that has no key: whose certificates are accepted. */
    static void writeTrusted(Path file, X509Certificate trusted) throws IOException {
        try {
            KeyStore store = empty();
            store.setCertificateEntry(CERTIFICATE, trusted);
            replace(file, store);
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " cannot be made: " + e.getMessage(), e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(TYPE);
        store.load(null, null);
        return store;
    }

    private static void replace(Path file, KeyStore store) throws GeneralSecurityException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, PASSWORD.toCharArray());
        Path next = file.resolveSibling("." + file.getFileName() + ".next");
        Files.deleteIfExists(next);
        try (FileChannel channel = PrivateFiles.create(next)) {
            BufferedIo.write(channel, ByteBuffer.wrap(bytes.toByteArray()), 0);
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        DurableFiles.forceFolder(file.toAbsolutePath().getParent());
    }
}
