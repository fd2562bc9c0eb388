package org.hikae.media.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hikae.api.disk.TrackingPoint;
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
                log);
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
                new Manifest.Log(Manifest.Log.MEDIUM, MEDIUM, 1, 2, null, List.of()));
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
                text.replaceFirst("hikae-manifest 1 ", "hikae-manifest 3 ").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ManifestCodec.decode(ID, newer))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("the manifest of data@7 has format version 3, which is newer than this Hikae");
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
