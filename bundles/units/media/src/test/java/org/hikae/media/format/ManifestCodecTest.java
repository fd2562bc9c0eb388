package org.hikae.media.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.api.group.Meta;
import org.hikae.api.media.GenerationGroup;
import org.junit.jupiter.api.Test;

class ManifestCodecTest {

    private static final GenerationId ID = new GenerationId("data", 7);
    private static final MediumRef MEDIUM = new MediumRef(new UUID(1, 2), "控え");
    private static final String HASH = "0123456789abcdef".repeat(4);

    private static Manifest manifest(Manifest.Log log) {
        return manifest(null, log);
    }

    private static Manifest manifest(ParentRef parent, Manifest.Log log) {
        return new Manifest(
                "data",
                new UUID(3, 4),
                7,
                parent == null ? Manifest.FULL : Manifest.DIFFERENTIAL,
                parent,
                parent == null ? null : "夜",
                parent == null ? null : new TrackingPoint(new UUID(5, 6), 7),
                Instant.parse("2026-11-22T12:00:00.123456789Z"),
                5,
                Long.MAX_VALUE,
                512,
                "raw",
                1L << 54,
                1L << 53,
                6,
                MEDIUM,
                new IndexRef("data@7/index", 8, HASH, 5, HASH),
                List.of(new ObjectRef("data@7/data.00.0000", 9, null), new ObjectRef("data@7/log.0000", 10, HASH)),
                null,
                log,
                null,
                null);
    }

    private static Manifest.Log separate(String index) {
        return new Manifest.Log(
                Manifest.Log.SEPARATE,
                MEDIUM,
                1,
                2,
                new IndexRef(index, 3, HASH, 2, HASH),
                List.of(new ObjectRef("data@7/log.0000-00000000-0000-0001-0000-000000000002", 4, HASH)));
    }

    @Test
    void comesBackAsItWas() throws IOException {
        Manifest.Log overlay = new Manifest.Log(Manifest.Log.OVERLAY, MEDIUM, 1, 2, null, List.of());
        for (Manifest.Log log : new Manifest.Log[] {null, overlay, separate("data@7/log-index")}) {
            for (ParentRef parent : new ParentRef[] {null, new ParentRef("data@6", MEDIUM, HASH)}) {
                Manifest manifest = manifest(parent, log);
                assertThat(ManifestCodec.decode(ID, ManifestCodec.encode(manifest)))
                        .isEqualTo(manifest);
            }
        }
    }

    private static Manifest image(List<ObjectRef> objects, long storedBytes) {
        Manifest packed = manifest(null);
        return new Manifest(
                packed.disk(),
                packed.diskId(),
                packed.number(),
                packed.kind(),
                null,
                null,
                packed.point(),
                packed.instant(),
                packed.pauseNanos(),
                packed.size(),
                packed.blockSize(),
                packed.diskFormat(),
                packed.blocks(),
                packed.ownBlocks(),
                packed.dataBytes(),
                packed.medium(),
                packed.index(),
                objects,
                new Manifest.Image(storedBytes),
                new Manifest.Log(Manifest.Log.MEDIUM, MEDIUM, 1, 2, null, List.of()),
                null,
                null);
    }

    /** What the first version does not know has another one; all else stays as it was. */
    @Test
    void thatOfAnImageComesBackAsItWas() throws IOException {
        Manifest image = image(List.of(new ObjectRef("data@7/image", Long.MAX_VALUE, null)), 5);
        byte[] bytes = ManifestCodec.encode(image);
        assertThat(ManifestCodec.decode(ID, bytes)).isEqualTo(image);
        assertThat(image.storedBytes()).isEqualTo(5 + 8);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).startsWith("hikae-manifest 2 ");
        Manifest.Log atPlace = new Manifest.Log(Manifest.Log.MEDIUM, MEDIUM, 1, 2, null, List.of());
        assertThat(new String(ManifestCodec.encode(manifest(atPlace)), StandardCharsets.UTF_8))
                .startsWith("hikae-manifest 2 ");
        assertThat(new String(ManifestCodec.encode(manifest(null)), StandardCharsets.UTF_8))
                .startsWith("hikae-manifest 1 ")
                .doesNotContain("layout");
    }

    @Test
    void anImageIsOneObjectAsLongAsTheDisk() throws IOException {
        ObjectRef image = new ObjectRef("data@7/image", Long.MAX_VALUE, null);
        for (List<ObjectRef> objects : List.of(
                List.<ObjectRef>of(),
                List.of(image, image),
                List.of(new ObjectRef("data@7/image", 5, null)),
                List.of(new ObjectRef("data@7/data.00.0000", Long.MAX_VALUE, null)))) {
            byte[] bytes = ManifestCodec.encode(image(objects, 5));
            assertThatThrownBy(() -> ManifestCodec.decode(ID, bytes)).isInstanceOf(DamagedException.class);
        }
    }

    private static final String OTHER_HASH = "fedcba9876543210".repeat(4);

    private static final ParentRef BELOW = new ParentRef("data@2", MEDIUM, HASH);

    /** Generations 4 and 3 have become a part of 7, which builds upon 2 now; the older frames lie where they were. */
    private static Manifest merged(ParentRef parent, String index, String frames, ParentRef... merged) {
        Manifest packed = manifest(parent, null);
        return new Manifest(
                packed.disk(),
                packed.diskId(),
                packed.number(),
                packed.kind(),
                parent,
                packed.mark(),
                packed.point(),
                packed.instant(),
                packed.pauseNanos(),
                packed.size(),
                packed.blockSize(),
                packed.diskFormat(),
                packed.blocks(),
                packed.ownBlocks(),
                packed.dataBytes(),
                packed.medium(),
                new IndexRef(index, 8, HASH, 5, HASH),
                List.of(new ObjectRef(frames, 9, null), new ObjectRef("data@7/data-2.00.0000", 10, null)),
                null,
                null,
                new Manifest.Merge(2, List.of(HASH, OTHER_HASH), List.of(merged)),
                null);
    }

    private static final ParentRef FOUR = new ParentRef("data@4", MEDIUM, HASH);
    private static final ParentRef THREE = new ParentRef("data@3", MEDIUM, OTHER_HASH);

    @Test
    void thatOfAMergeComesBackAsItWas() throws IOException {
        for (Manifest merged : List.of(
                merged(BELOW, "data@7/index-2", "data@3/data.00.0000", FOUR, THREE),
                merged(null, "data@7/index-2", "data@4/log.0000", FOUR, THREE),
                merged(null, "data@7/index-2", "data@4/data-1.12.0003"))) {
            byte[] bytes = ManifestCodec.encode(merged);
            assertThat(ManifestCodec.decode(ID, bytes)).isEqualTo(merged);
            assertThat(new String(bytes, StandardCharsets.UTF_8)).startsWith("hikae-manifest 3 ");
            assertThat(merged.name()).isEqualTo("data@7/manifest-2");
        }
        assertThat(manifest(null).name()).isEqualTo("data@7/manifest");
    }

    @Test
    void thatOfAMergeRefersToOlderFramesAlone() throws IOException {
        for (Manifest wrong : List.of(
                merged(null, "data@7/index", "data@3/data.00.0000"),
                merged(null, "data@7/index-1", "data@3/data.00.0000"),
                merged(null, "data@7/index-2", "data@8/data.00.0000"),
                merged(null, "data@7/index-2", "else@3/data.00.0000"),
                merged(null, "data@7/index-2", "data@3/index"),
                merged(null, "data@7/index-2", "data@3/image"),
                merged(null, "data@7/index-2", "data@3/log.0000-00000000-0000-0001-0000-000000000002"),
                merged(null, "data@7/index-2", "data@3/../data.00.0000"),
                merged(null, "data@7/index-2", "data@3/data.00.0000", THREE, FOUR),
                merged(THREE, "data@7/index-2", "data@3/data.00.0000", FOUR, THREE),
                merged(null, "data@7/index-2", "data@3/data.00.0000", new ParentRef("data@7", MEDIUM, HASH)))) {
            byte[] bytes = ManifestCodec.encode(wrong);
            assertThatThrownBy(() -> ManifestCodec.decode(ID, bytes))
                    .isInstanceOf(DamagedException.class)
                    .hasMessage("the manifest of data@7 makes no sense");
        }
    }

    private static final List<String> LIST = List.of("dir_A/*", "X dir_D/\"控え\"");

    private static Manifest ofGroup(Manifest of, String name, Meta meta, IndexRef files) {
        return new Manifest(
                of.disk(),
                of.diskId(),
                of.number(),
                of.kind(),
                of.parent(),
                of.mark(),
                of.point(),
                of.instant(),
                of.pauseNanos(),
                of.size(),
                of.blockSize(),
                of.diskFormat(),
                of.blocks(),
                of.ownBlocks(),
                of.dataBytes(),
                of.medium(),
                of.index(),
                of.objects(),
                of.image(),
                of.log(),
                of.merge(),
                new Manifest.Group(new GenerationGroup(name, meta, LIST), files));
    }

    private static IndexRef files(String name) {
        return new IndexRef(name, 7, HASH, 3, OTHER_HASH);
    }

    /** What the third version does not know has another one; the object with the files' meta information is one of its own. */
    @Test
    void thatOfAGroupComesBackAsItWas() throws IOException {
        Manifest merged = merged(BELOW, "data@7/index-2", "data@3/data.00.0000", FOUR, THREE);
        for (Manifest group : List.of(
                ofGroup(manifest(null), "g", Meta.ALL, null),
                ofGroup(manifest(BELOW, separate("data@7/log-index")), "g", Meta.GROUP, files("data@7/meta")),
                ofGroup(merged, "g", Meta.ALL, null),
                ofGroup(merged, "g", Meta.GROUP, files("data@7/meta")),
                ofGroup(merged, "g", Meta.GROUP, files("data@7/meta-2")))) {
            byte[] bytes = ManifestCodec.encode(group);
            assertThat(ManifestCodec.decode(ID, bytes)).isEqualTo(group);
            assertThat(new String(bytes, StandardCharsets.UTF_8)).startsWith("hikae-manifest 4 ");
            assertThat(group.own().stream().anyMatch(ref -> ref.name().startsWith("data@7/meta")))
                    .isEqualTo(group.files() != null);
            String older = new String(bytes, StandardCharsets.UTF_8).replaceFirst(" 4 ", " 3 ");
            assertThatThrownBy(() -> ManifestCodec.decode(ID, older.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void thatOfAGroupHasItsOwnFilesAlone() throws IOException {
        Manifest merged = merged(BELOW, "data@7/index-2", "data@3/data.00.0000", FOUR, THREE);
        Manifest image = image(List.of(new ObjectRef("data@7/image", Long.MAX_VALUE, null)), 5);
        for (Manifest wrong : List.of(
                ofGroup(manifest(null), "", Meta.ALL, null),
                ofGroup(manifest(null), "g", Meta.GROUP, null),
                ofGroup(manifest(null), "g", Meta.ALL, files("data@7/meta")),
                ofGroup(manifest(null), "g", Meta.GROUP, files("data@7/meta-1")),
                ofGroup(manifest(null), "g", Meta.GROUP, files("data@6/meta")),
                ofGroup(manifest(null), "g", Meta.GROUP, files("data@7/index")),
                ofGroup(merged, "g", Meta.GROUP, files("data@7/meta-3")),
                ofGroup(merged, "g", Meta.GROUP, files("data@4/meta")),
                ofGroup(image, "g", Meta.ALL, null))) {
            byte[] bytes = ManifestCodec.encode(wrong);
            assertThatThrownBy(() -> ManifestCodec.decode(ID, bytes))
                    .isInstanceOf(DamagedException.class)
                    .hasMessage("the manifest of data@7 makes no sense");
        }
    }

    @Test
    void isOnlyThatOfItsOwnGeneration() throws IOException {
        byte[] bytes = ManifestCodec.encode(manifest(null));
        assertThatThrownBy(() -> ManifestCodec.decode(new GenerationId("data", 8), bytes))
                .isInstanceOf(DamagedException.class)
                .hasMessage("the manifest of data@8 is that of data@7");
    }

    @Test
    void neverLeadsToObjectsOfOthers() throws IOException {
        for (String name : List.of("../../etc/passwd", "data@8/log-index", "data@7/manifest", "data@7/x")) {
            byte[] bytes = ManifestCodec.encode(manifest(separate(name)));
            assertThatThrownBy(() -> ManifestCodec.decode(ID, bytes)).isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void newerVersionsAreRefusedAndSaidToBeNewer() throws IOException {
        String text = new String(ManifestCodec.encode(manifest(null)), StandardCharsets.UTF_8);
        byte[] newer =
                text.replaceFirst("hikae-manifest 1 ", "hikae-manifest 5 ").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ManifestCodec.decode(ID, newer))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("the manifest of data@7 has format version 5, which is newer than this Hikae");
    }

    @Test
    void everyOtherBeginningIsDamage() {
        for (String text : List.of("", "hikae-manifest 1 " + HASH, "hikae-manifest 1 " + HASH + "\n{}", "\n\n", "x")) {
            assertThatThrownBy(() -> ManifestCodec.decode(ID, text.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void fieldsOfTheWrongTypeAreDamage() throws IOException {
        var json = SealedText.object();
        json.put("disk", 5);
        byte[] bytes = SealedText.encode(ManifestCodec.MAGIC, 1, json);
        assertThatThrownBy(() -> ManifestCodec.decode(ID, bytes))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("'disk'");
    }
}
