package org.hikae.media.format;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.api.media.Layout;

/** A manifest as bytes. */
public final class ManifestCodec {

    static final String MAGIC = "hikae-manifest";
    /** Of what the first Hikae could read: packed, the log laid over or separate. */
    private static final int PACKED_VERSION = 1;

    /** Of what the second one could read: images, and logs at their places too. */
    private static final int PLACED_VERSION = 2;

    /** Of what the third one could read: what merges have made, too. */
    private static final int MERGED_VERSION = 3;

    static final int VERSION = 4;

    /** Longer than the manifest of a disk of 100 TiB, and short enough to be read into memory. */
    public static final int MAX_LENGTH = 16 << 20;

    /** Longer than the directory of an index of 2^31 frames, and short enough to be read into memory. */
    private static final int MAX_DIRECTORY = 64 << 20;

    private static final Set<String> PLACEMENTS =
            Set.of(Manifest.Log.MEDIUM, Manifest.Log.OVERLAY, Manifest.Log.SEPARATE);

    private ManifestCodec() {}

    public static byte[] encode(Manifest manifest) throws IOException {
        ObjectNode json = SealedText.object();
        json.put("id", manifest.id()).put("disk", manifest.disk());
        json.put("diskId", manifest.diskId().toString()).put("number", manifest.number());
        json.put("kind", manifest.kind());
        putBase(json, manifest);
        json.put("instant", manifest.instant().toString()).put("pauseNanos", manifest.pauseNanos());
        json.put("size", manifest.size()).put("blockSize", manifest.blockSize());
        json.put("diskFormat", manifest.diskFormat());
        json.put("blocks", manifest.blocks()).put("ownBlocks", manifest.ownBlocks());
        json.put("dataBytes", manifest.dataBytes());
        putMedium(json, manifest.medium());
        putIndex(json.putObject("index"), manifest.index());
        putObjects(json.putArray("objects"), manifest.objects());
        if (manifest.image() != null) {
            json.put("layout", manifest.layout().text());
            json.putObject("image").put("storedBytes", manifest.image().storedBytes());
        }
        if (manifest.log() != null) {
            putLog(json.putObject("log"), manifest.log());
        }
        if (manifest.merge() != null) {
            putMerge(json.putObject("merge"), manifest.merge());
        }
        if (manifest.group() != null) {
            GroupCodec.put(json.putObject("group"), manifest.group());
        }
        return SealedText.encode(MAGIC, version(manifest), json);
    }

    /** One that does not know what is new must say so, and not take it for damage. */
    private static int version(Manifest manifest) {
        if (manifest.group() != null) {
            return VERSION;
        } else if (manifest.merge() != null) {
            return MERGED_VERSION;
        }
        boolean atPlace = manifest.log() != null && manifest.log().placement().equals(Manifest.Log.MEDIUM);
        return manifest.image() != null || atPlace ? PLACED_VERSION : PACKED_VERSION;
    }

    private static void putBase(ObjectNode json, Manifest manifest) {
        if (manifest.parent() != null) {
            putGeneration(json.putObject("parent"), manifest.parent());
        }
        if (manifest.mark() != null) {
            json.put("mark", manifest.mark());
        }
        if (manifest.point() != null) {
            json.putObject("point")
                    .put("lineage", manifest.point().lineage().toString())
                    .put("epoch", manifest.point().epoch());
        }
    }

    private static void putGeneration(ObjectNode json, ParentRef generation) {
        json.put("id", generation.id());
        putMedium(json, generation.medium());
        json.put("sha256", generation.sha256());
    }

    private static void putMerge(ObjectNode json, Manifest.Merge merge) {
        json.put("revision", merge.revision());
        merge.replaces().forEach(json.putArray("replaces")::add);
        ArrayNode merged = json.putArray("merged");
        merge.merged().forEach(generation -> putGeneration(merged.addObject(), generation));
    }

    private static void putLog(ObjectNode json, Manifest.Log log) {
        json.put("placement", log.placement());
        putMedium(json, log.medium());
        json.put("blocks", log.blocks()).put("records", log.records());
        if (log.index() != null) {
            putIndex(json.putObject("index"), log.index());
        }
        putObjects(json.putArray("objects"), log.objects());
    }

    static void putIndex(ObjectNode json, IndexRef index) {
        putObject(json, index.object());
        json.putObject("directory").put("length", index.directoryLength()).put("sha256", index.directorySha256());
    }

    private static void putMedium(ObjectNode json, MediumRef medium) {
        json.putObject("medium").put("id", medium.id().toString()).put("name", medium.name());
    }

    private static void putObjects(ArrayNode json, List<ObjectRef> objects) {
        objects.forEach(object -> putObject(json.addObject(), object));
    }

    private static void putObject(ObjectNode json, ObjectRef object) {
        json.put("name", object.name()).put("length", object.length());
        if (object.sha256() != null) {
            json.put("sha256", object.sha256());
        }
    }

    /**
     * @param id the generation whose manifest it should be
     * @throws DamagedException if it is damaged, of a newer version, or another generation's
     */
    public static Manifest decode(GenerationId id, byte[] bytes) throws DamagedException {
        String what = "the manifest of " + id;
        try {
            Manifest manifest = manifest(new Fields(SealedText.decode(MAGIC, VERSION, bytes)));
            if (!manifest.id().equals(id.toString())) {
                throw new DamagedException("is that of " + manifest.id());
            }
            check(id, manifest);
            SealedText.checkVersion(version(manifest), bytes);
            return manifest;
        } catch (DamagedException e) {
            throw new DamagedException(what + " " + e.getMessage(), e);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new DamagedException(what + " makes no sense: " + e.getMessage(), e);
        }
    }

    private static Manifest manifest(Fields json) throws DamagedException {
        return new Manifest(
                json.text("disk"),
                UUID.fromString(json.text("diskId")),
                json.number("number"),
                json.text("kind"),
                json.has("parent") ? generation(json.object("parent")) : null,
                json.textOrNull("mark"),
                json.has("point") ? point(json.object("point")) : null,
                Instant.parse(json.text("instant")),
                json.number("pauseNanos"),
                json.number("size"),
                Math.toIntExact(Math.min(json.number("blockSize"), Integer.MAX_VALUE)),
                json.text("diskFormat"),
                json.number("blocks"),
                json.number("ownBlocks"),
                json.number("dataBytes"),
                medium(json.object("medium")),
                index(json.object("index")),
                objects(json.list("objects")),
                image(json),
                json.has("log") ? log(json.object("log")) : null,
                json.has("merge") ? merge(json.object("merge")) : null,
                json.has("group") ? GroupCodec.group(json.object("group")) : null);
    }

    /** Null without a layout: then it is packed. */
    private static Manifest.Image image(Fields json) throws DamagedException {
        String layout = json.textOrNull("layout");
        if (layout == null || layout.equals(Layout.PACKED.text())) {
            return null;
        }
        if (!layout.equals(Layout.IMAGE.text())) {
            throw new DamagedException("has the unknown layout '" + layout + "'");
        }
        return new Manifest.Image(json.object("image").number("storedBytes"));
    }

    private static ParentRef generation(Fields json) throws DamagedException {
        return new ParentRef(json.text("id"), medium(json.object("medium")), hash(json.text("sha256")));
    }

    private static Manifest.Merge merge(Fields json) throws DamagedException {
        List<ParentRef> merged = new ArrayList<>();
        for (Fields each : json.list("merged")) {
            merged.add(generation(each));
        }
        List<String> replaces = new ArrayList<>();
        for (String each : json.texts("replaces")) {
            replaces.add(hash(each));
        }
        return new Manifest.Merge(Math.toIntExact(json.number("revision")), replaces, merged);
    }

    private static TrackingPoint point(Fields json) throws DamagedException {
        return new TrackingPoint(UUID.fromString(json.text("lineage")), json.number("epoch"));
    }

    private static Manifest.Log log(Fields json) throws DamagedException {
        return new Manifest.Log(
                json.text("placement"),
                medium(json.object("medium")),
                json.number("blocks"),
                json.number("records"),
                json.has("index") ? index(json.object("index")) : null,
                objects(json.list("objects")));
    }

    static IndexRef index(Fields json) throws DamagedException {
        ObjectRef object = object(json);
        Fields directory = json.object("directory");
        return new IndexRef(
                object.name(),
                object.length(),
                hash(json.text("sha256")),
                Math.toIntExact(Math.min(directory.number("length"), MAX_DIRECTORY)),
                hash(directory.text("sha256")));
    }

    private static MediumRef medium(Fields json) throws DamagedException {
        return new MediumRef(UUID.fromString(json.text("id")), json.text("name"));
    }

    private static List<ObjectRef> objects(List<Fields> list) throws DamagedException {
        List<ObjectRef> objects = new ArrayList<>();
        for (Fields json : list) {
            objects.add(object(json));
        }
        return objects;
    }

    private static ObjectRef object(Fields json) throws DamagedException {
        return new ObjectRef(json.text("name"), json.number("length"), hash(json.textOrNull("sha256")));
    }

    private static String hash(String sha256) throws DamagedException {
        if (sha256 != null && !sha256.matches(Sha256.PATTERN)) {
            throw new DamagedException("has a hash that is none");
        }
        return sha256;
    }

    /** What is used to find things must not lead elsewhere, whoever wrote it. */
    private static void check(GenerationId id, Manifest manifest) throws DamagedException {
        int blockSize = manifest.blockSize();
        boolean sane = blockSize >= 512 && blockSize <= 65536 && Integer.bitCount(blockSize) == 1;
        sane &= manifest.index().name().equals(id.index(manifest.revision()));
        sane &= manifest.merge() == null || isMerge(id, manifest);
        for (ObjectRef object : manifest.objects()) {
            sane &= manifest.merge() == null
                    ? id.needsManifestBeside(object.name())
                    : GenerationId.ofFrames(object.name())
                            .filter(owner -> owner.equals(id) || isOlder(owner.toString(), id))
                            .isPresent();
        }
        sane &= manifest.image() == null || isImage(id, manifest);
        sane &= manifest.group() == null || GroupCodec.makesSense(id, manifest);
        sane &= manifest.kind().equals(manifest.parent() == null ? Manifest.FULL : Manifest.DIFFERENTIAL);
        sane &= manifest.parent() == null || isOlder(manifest.parent().id(), id);
        sane &= manifest.mark() == null || manifest.parent() != null || manifest.merge() != null;
        Manifest.Log log = manifest.log();
        if (log != null) {
            sane &= PLACEMENTS.contains(log.placement());
            for (ObjectRef object : log.all()) {
                sane &= id.needsManifestBeside(object.name())
                        || id.needsManifestOn(object.name()).isPresent();
            }
        }
        if (!sane) {
            throw new DamagedException("makes no sense");
        }
    }

    /** An image is one object, as long as the disk, with all that the generation answers for. */
    private static boolean isImage(GenerationId id, Manifest manifest) {
        return manifest.parent() == null
                && manifest.objects().equals(List.of(new ObjectRef(id.image(), manifest.size(), null)))
                && manifest.image().storedBytes() <= manifest.size();
    }

    /** A merge is packed and has no log apart; what it has swallowed lies between it and its parent. */
    private static boolean isMerge(GenerationId id, Manifest manifest) {
        Manifest.Merge merge = manifest.merge();
        boolean sane = merge.revision() > 0 && !merge.replaces().isEmpty() && manifest.image() == null;
        sane &= manifest.log() == null || manifest.log().all().isEmpty();
        GenerationId newer = id;
        for (ParentRef each : merge.merged()) {
            // What was itself made anew before is named once for each of its manifests.
            sane &= isOlder(each.id(), newer) || each.id().equals(newer.toString()) && !newer.equals(id);
            newer = GenerationId.parse(each.id()).orElse(newer);
        }
        return sane && (manifest.parent() == null || isOlder(manifest.parent().id(), newer));
    }

    /** Chains end, since numbers fall from each generation to its parent. */
    private static boolean isOlder(String parent, GenerationId id) {
        return GenerationId.parse(parent)
                .filter(older -> older.disk().equals(id.disk()) && older.number() < id.number())
                .isPresent();
    }
}
