package org.hikae.media.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import org.hikae.api.job.Reason;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.GenerationId;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.read.StoredManifest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads manifests of a medium. One that the medium has lost, or cannot read, is read from a second tier only for those who use its
 * generation: whoever looks at media waits for no cartridge.
 */
record Manifests(UsableMedium medium) {

    private static final Logger LOG = LoggerFactory.getLogger(Manifests.class);

    /**
     * A manifest as the medium itself has it.
     *
     * @throws NoSuchFileException if there is none anywhere
     * @throws DamagedException if it is damaged, or only in a second tier
     */
    StoredManifest read(GenerationId id, int revision) throws IOException {
        try {
            return StoredManifest.read(medium.near(), id, revision);
        } catch (NoSuchFileException e) {
            if (!hasCopy(id.manifest(revision))) {
                throw e;
            }
            throw new DamagedException(
                    "the manifest of " + id + " is on tape alone; verify the generation, and it is brought back");
        }
    }

    /**
     * A manifest, wherever it can be read.
     *
     * @throws NoSuchFileException if there is none anywhere
     * @throws DamagedException if it is damaged
     */
    StoredManifest readAnywhere(GenerationId id, int revision) throws IOException {
        try {
            return StoredManifest.read(medium.near(), id, revision);
        } catch (IOException e) {
            if (!hasCopy(id.manifest(revision))) {
                throw e;
            }
            return readCopy(id, revision, e);
        }
    }

    private boolean hasCopy(String name) {
        try {
            return medium.copies().areApart() && !medium.copies().of(name).isEmpty();
        } catch (IOException e) {
            LOG.debug("whether {} is on tape is not known", name, e);
            return false;
        }
    }

    private StoredManifest readCopy(GenerationId id, int revision, IOException failure) throws IOException {
        String name = id.manifest(revision);
        byte[] bytes;
        StoredManifest manifest;
        try (ObjectReader copy = medium.copies().open(name)) {
            bytes = StoredManifest.bytes(copy, id);
            manifest = StoredManifest.decode(bytes, id, revision);
        } catch (IOException e) {
            e.addSuppressed(failure);
            throw e;
        }
        LOG.warn("{} was read from tape, for on medium {} it cannot be: {}", name, medium.name(), Reason.of(failure));
        if (failure instanceof NoSuchFileException) {
            bringBack(name, bytes);
        }
        return manifest;
    }

    private void bringBack(String name, byte[] bytes) {
        try (ObjectWriter writer = medium.near().create(name)) {
            writer.write(ByteBuffer.wrap(bytes));
            writer.commit();
        } catch (IOException e) {
            LOG.warn("{} stays on tape alone: {}", name, Reason.of(e));
        }
    }
}
