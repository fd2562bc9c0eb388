package org.hikae.media.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ManifestCodec;
import org.hikae.media.format.Sha256;

/**
 * A manifest as it lies on a medium.
 *
 * @param length bytes of the object
 * @param sha256 hash over the object, by which those that build upon the generation know it
 */
public record StoredManifest(Manifest manifest, long length, String sha256) {

    /**
     * Reads a manifest.
     *
     * @param revision 0 for what the generation's backup has sealed, or the number of the merge that has made it anew
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws DamagedException if it is damaged
     */
    public static StoredManifest read(Medium medium, GenerationId id, int revision) throws IOException {
        try (ObjectReader reader = medium.open(id.manifest(revision))) {
            return decode(bytes(reader, id), id, revision);
        }
    }

    /**
     * The bytes of a manifest's object.
     *
     * @throws DamagedException if they are too many
     */
    public static byte[] bytes(ObjectReader reader, GenerationId id) throws IOException {
        if (reader.length() > ManifestCodec.MAX_LENGTH) {
            throw new DamagedException("the manifest of " + id + " is damaged: it is too long");
        }
        byte[] bytes = new byte[(int) reader.length()];
        reader.read(ByteBuffer.wrap(bytes), 0);
        return bytes;
    }

    /**
     * Makes sense of the bytes of a manifest's object.
     *
     * @throws DamagedException if they are damaged
     */
    public static StoredManifest decode(byte[] bytes, GenerationId id, int revision) throws IOException {
        Manifest manifest = ManifestCodec.decode(id, bytes);
        if (manifest.revision() != revision) {
            throw new DamagedException("the manifest of " + id + " is damaged: it is another revision's");
        }
        MessageDigest digest = Sha256.begin();
        digest.update(bytes);
        return new StoredManifest(manifest, bytes.length, Sha256.end(digest));
    }
}
