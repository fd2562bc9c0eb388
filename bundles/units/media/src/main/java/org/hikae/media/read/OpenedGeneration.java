package org.hikae.media.read;

import com.github.luben.zstd.ZstdIOException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ManifestCodec;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.format.ObjectStreams;
import org.hikae.media.index.FrameObject;
import org.hikae.media.index.Frames;
import org.hikae.media.index.Index;
import org.hikae.media.index.IndexCodec;
import org.hikae.media.index.Overlay;
import org.hikae.media.index.Runs;

/**
 * A generation's manifest and indexes, checked and joined.
 *
 * @param frames all frames, those of a separate log last
 * @param places where the objects of the frames lie
 * @param refs what the manifest says of these objects
 * @param runs what to read by
 */
record OpenedGeneration(
        Manifest manifest, Frames frames, List<OpenObjects.Place> places, List<ObjectRef> refs, Runs runs) {

    /**
     * Reads a manifest.
     *
     * @throws NoSuchFileException if there is none
     * @throws DamagedException if it is damaged
     */
    static Manifest readManifest(Medium medium, GenerationId id) throws IOException {
        byte[] bytes;
        try (ObjectReader reader = medium.open(id.manifest())) {
            if (reader.length() > ManifestCodec.MAX_LENGTH) {
                throw new DamagedException("the manifest of " + id + " is damaged: it is too long");
            }
            bytes = new byte[(int) reader.length()];
            reader.read(ByteBuffer.wrap(bytes), 0);
        }
        return ManifestCodec.decode(id, bytes);
    }

    /**
     * Reads the indexes.
     *
     * @param log the medium of the log; null if the manifest names no objects there
     * @throws DamagedException if an index is missing or damaged, or does not fit the manifest
     */
    static OpenedGeneration open(Manifest manifest, Medium medium, Medium log) throws IOException {
        Index own = readIndex(medium, manifest.index(), manifest.objects(), manifest, "index");
        List<OpenObjects.Place> places = new ArrayList<>();
        List<ObjectRef> refs = new ArrayList<>(manifest.objects());
        manifest.objects().forEach(ref -> places.add(new OpenObjects.Place(medium, ref.name())));
        if (own.runs().blocks(frame -> frame != Runs.NONE) != manifest.blocks()) {
            throw new DamagedException(
                    "the index of " + manifest.id() + " has another number of blocks than its manifest");
        }
        if (manifest.log() == null || manifest.log().index() == null) {
            Runs none = new Runs.Builder().build(manifest.blockCount());
            return new OpenedGeneration(manifest, own.frames(), places, refs, Overlay.joined(own.runs(), none, 0));
        }
        Index ofLog = readIndex(log, manifest.log().index(), manifest.log().objects(), manifest, "log's index");
        manifest.log().objects().forEach(ref -> places.add(new OpenObjects.Place(log, ref.name())));
        refs.addAll(manifest.log().objects());
        List<FrameObject> objects = new ArrayList<>(own.frames().objects());
        objects.addAll(ofLog.frames().objects());
        Runs runs = Overlay.joined(own.runs(), ofLog.runs(), own.frames().count());
        return new OpenedGeneration(manifest, Frames.of(objects), places, refs, runs);
    }

    private static Index readIndex(
            Medium medium, ObjectRef ref, List<ObjectRef> objects, Manifest manifest, String what) throws IOException {
        String named = "the " + what + " of " + manifest.id() + " (" + ref.name() + ")";
        Index index;
        try (ObjectReader reader = medium.open(ref.name())) {
            if (reader.length() != ref.length()) {
                throw new DamagedException(
                        named + " is damaged: it has " + reader.length() + " bytes instead of " + ref.length());
            }
            index = decode(reader, ref, manifest.blockCount());
        } catch (NoSuchFileException e) {
            throw new DamagedException(named + " is missing", e);
        } catch (DamagedException | EOFException | ZstdIOException e) {
            throw new DamagedException(named + " is damaged: " + e.getMessage(), e);
        }
        if (!fits(index.frames().objects(), objects)) {
            throw new DamagedException(named + " does not fit the manifest");
        }
        return index;
    }

    /** The hash is looked at first: what it says of a damaged index is truer than where reading it failed. */
    private static Index decode(ObjectReader reader, ObjectRef ref, long blockCount) throws IOException {
        try (ObjectStreams.In in = new ObjectStreams.In(reader)) {
            Index index = null;
            IOException failure = null;
            try {
                index = IndexCodec.read(in, blockCount);
            } catch (DamagedException | EOFException | ZstdIOException e) {
                failure = e;
            }
            if (!in.end().equals(ref.sha256())) {
                throw new DamagedException("it does not match its hash", failure);
            }
            if (failure != null) {
                throw failure;
            }
            return index;
        }
    }

    private static boolean fits(List<FrameObject> objects, List<ObjectRef> refs) {
        boolean fits = objects.size() == refs.size();
        for (int i = 0; fits && i < objects.size(); i++) {
            fits = objects.get(i).name().equals(refs.get(i).name())
                    && objects.get(i).length() == refs.get(i).length();
        }
        return fits;
    }
}
