package org.hikae.tape.medium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hikae.api.job.Progress;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumFullException;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.api.media.tier.TierCopy;
import org.hikae.api.media.tier.TierReport;
import org.hikae.api.media.tier.TierSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A medium on tape: what is there is what is on tape, whatever the home has. */
class TapeMediumTest {

    private static final UUID ID = new UUID(1, 2);
    private static final String MANIFEST = "data@1/manifest";
    private static final String DATA = "data@1/data.00.0000";

    private final Folder near = new Folder();
    private final Tape tape = new Tape();
    private final TapeMedium medium = medium();

    private TapeMedium medium() {
        return new TapeMedium(
                ID,
                "vault",
                new Place(null, "lib", "pool"),
                near,
                tape,
                new FakePlaces(tape.objects, tape.order),
                (id, name, object, pool, library) -> tape.create(object));
    }

    private static byte[] read(ObjectReader reader) throws IOException {
        try (reader) {
            ByteBuffer all = ByteBuffer.allocate((int) reader.length());
            reader.read(all, 0);
            return all.array();
        }
    }

    private void write(String object, int... bytes) throws IOException {
        try (ObjectWriter writer = medium.create(object)) {
            for (int each : bytes) {
                ByteBuffer one = ByteBuffer.wrap(new byte[] {(byte) each});
                try {
                    writer.write(one);
                } catch (MediumFullException e) {
                    writer.write(one);
                }
            }
            writer.commit();
        }
    }

    @Test
    void smallObjectsAreInTheHomeTooAndMarksThereAlone() throws IOException {
        write(DATA, 1, 2);
        write(MANIFEST, 3);
        write("hikae-medium", 4);
        assertThat(near.objects).containsOnlyKeys(MANIFEST, "hikae-medium");
        assertThat(tape.objects).containsOnlyKeys(DATA, MANIFEST);
        assertThat(medium.list("")).extracting(MediumObject::name).containsExactly(DATA, MANIFEST, "hikae-medium");
        assertThatThrownBy(() -> medium.create(MANIFEST)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(tape.opened).isEmpty();
        assertThat(read(medium.open(MANIFEST))).containsExactly(3);
        assertThat(tape.opened).isEmpty();
        assertThat(read(medium.open(DATA))).containsExactly(1, 2);
    }

    @Test
    void whatTheHomeHasLostIsBroughtBackOnce() throws IOException {
        write(MANIFEST, 3, 4, 5);
        near.objects.clear();
        for (int i = 0; i < 2; i++) {
            assertThat(read(medium.open(MANIFEST))).containsExactly(3, 4, 5);
        }
        assertThat(tape.opened).containsExactly(MANIFEST);
        near.objects.clear();
        tape.objects.clear();
        assertThatThrownBy(() -> medium.open(MANIFEST)).isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3 << 20})
    void whatIsRottenInTheHomeIsReplaced(int length) throws IOException {
        byte[] content = new byte[length];
        content[length - 1] = 5;
        tape.objects.put(MANIFEST, content);
        for (byte[] wrong : List.of(new byte[length], new byte[length + 1], new byte[0])) {
            near.objects.put(MANIFEST, wrong);
            tape.opened.clear();
            TapeMedium opened = medium();
            assertThat(read(opened.open(MANIFEST))).isEqualTo(content);
            assertThat(near.objects.get(MANIFEST)).isEqualTo(content);
            assertThat(read(opened.open(MANIFEST))).isEqualTo(content);
            assertThat(tape.opened).containsExactly(MANIFEST);
        }
        near.objects.put(MANIFEST, new byte[length]);
        near.broken = "create";
        assertThatThrownBy(() -> medium().open(MANIFEST)).hasMessageContaining("no space");
    }

    /** It may be right, and not have been readable for a moment: it goes when the tape gives something in its place. */
    @Test
    void whatTheHomeHasStaysAsLongAsTheTapeGivesNothing() throws IOException {
        write(MANIFEST, 3, 4);
        byte[] rotten = {3, 5};
        near.objects.put(MANIFEST, rotten);
        tape.torn = true;
        assertThatThrownBy(() -> medium.open(MANIFEST)).hasMessageContaining("torn");
        assertThat(near.objects).containsEntry(MANIFEST, rotten);
        near.objects.put(MANIFEST, new byte[] {3, 4});
        assertThat(read(medium.open(MANIFEST))).containsExactly(3, 4);
    }

    /** As after a rebuild: what is listed next is brought as it lies on the tape. */
    @Test
    void whatIsMissingOnTheSameCartridgeIsBroughtInOneGo() throws IOException {
        for (String name : List.of("c@1/manifest", "a@1/manifest.2", "b@1/manifest", "b@1/index", DATA)) {
            tape.objects.put(name, name.getBytes(StandardCharsets.UTF_8));
        }
        tape.objects.put("d@1/manifest", new byte[2 << 20]);
        tape.order.addAll(List.of("c@1/manifest", "a@1/manifest.2", "b@1/index", "d@1/manifest", "b@1/manifest"));
        read(medium.open("b@1/manifest"));
        assertThat(tape.opened).containsExactly("c@1/manifest", "a@1/manifest.2", "b@1/manifest");
        for (String name : List.of("c@1/manifest", "a@1/manifest.2", "b@1/manifest")) {
            assertThat(read(medium.open(name))).asString(StandardCharsets.UTF_8).isEqualTo(name);
        }
        assertThat(tape.opened).hasSize(3);
        near.objects.clear();
        tape.broken.add("a@1/manifest.2");
        tape.opened.clear();
        read(medium.open("b@1/manifest"));
        assertThat(near.objects).containsOnlyKeys("c@1/manifest", "b@1/manifest");
        assertThatThrownBy(() -> medium.open("a@1/manifest.2")).hasMessageContaining("torn");
    }

    /** The home's disk is full, say: the backup is no worse for it. */
    @ParameterizedTest
    @ValueSource(strings = {"create", "write", "commit"})
    void whatTheHomeCannotTakeIsOnTape(String step) throws IOException {
        near.broken = step;
        write(MANIFEST, 3, 4);
        assertThat(near.objects).isEmpty();
        near.broken = "";
        assertThat(read(medium.open(MANIFEST))).containsExactly(3, 4);
        assertThat(near.objects).containsOnlyKeys(MANIFEST);
    }

    /** The rest is written again; in the home nothing is doubled. */
    @Test
    void aFullTapeGetsTheRestLater() throws IOException {
        tape.full = true;
        write(MANIFEST, 3, 4);
        assertThat(near.objects.get(MANIFEST)).containsExactly(3, 4);
        assertThat(tape.objects.get(MANIFEST)).containsExactly(3, 4);
    }

    @Test
    void whatIsInTheHomeAloneIsNotThere() throws IOException {
        near.objects.put(MANIFEST, new byte[] {9});
        assertThat(medium.list("")).isEmpty();
        assertThatThrownBy(() -> medium.open(MANIFEST)).isInstanceOf(NoSuchFileException.class);
        write(MANIFEST, 3);
        assertThat(read(medium.open(MANIFEST))).containsExactly(3);
        near.broken = "delete";
        near.objects.put("data@2/manifest", new byte[] {9});
        assertThatThrownBy(() -> medium.create("data@2/manifest")).hasMessageContaining("no space");
        assertThat(tape.writing).isZero();
    }

    @Test
    void whatIsDeletedIsForgottenOnTapeFirst() throws IOException {
        write(MANIFEST, 3);
        near.broken = "delete";
        assertThatThrownBy(() -> medium.delete(MANIFEST)).hasMessageContaining("no space");
        assertThat(tape.objects).isEmpty();
        assertThatThrownBy(() -> medium.open(MANIFEST)).isInstanceOf(NoSuchFileException.class);
    }

    /** Objects in memory. */
    private abstract static class Objects {

        final Map<String, byte[]> objects = new TreeMap<>();
        /** Number of writers that are open. */
        int writing;

        abstract void step(String what) throws IOException;

        List<MediumObject> listed(String prefix) {
            return objects.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(prefix))
                    .map(entry -> new MediumObject(entry.getKey(), entry.getValue().length))
                    .toList();
        }

        ObjectReader opened(String name) throws IOException {
            byte[] bytes = objects.get(name);
            if (bytes == null) {
                throw new NoSuchFileException(name);
            }
            return new ObjectReader() {
                @Override
                public long length() {
                    return bytes.length;
                }

                @Override
                public void read(ByteBuffer dst, long position) throws IOException {
                    step("read");
                    dst.put(bytes, (int) position, dst.remaining());
                }

                @Override
                public void close() {}
            };
        }

        ObjectWriter created(String name) throws IOException {
            step("create");
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            writing++;
            return new ObjectWriter() {
                @Override
                public void write(ByteBuffer src) throws IOException {
                    step("write");
                    byte[] more = new byte[src.remaining()];
                    src.get(more);
                    bytes.writeBytes(more);
                }

                @Override
                public long length() {
                    return bytes.size();
                }

                @Override
                public void commit() throws IOException {
                    step("commit");
                    objects.put(name, bytes.toByteArray());
                }

                @Override
                public void close() {
                    writing--;
                }
            };
        }
    }

    /** The folder in the home. */
    private static final class Folder extends Objects implements Medium {

        String broken = "";

        @Override
        void step(String what) throws IOException {
            if (what.equals(broken)) {
                throw new IOException("no space left on device");
            }
        }

        @Override
        public List<MediumObject> list(String prefix) {
            return listed(prefix);
        }

        @Override
        public ObjectWriter create(String name) throws IOException {
            return created(name);
        }

        @Override
        public ObjectReader open(String name) throws IOException {
            return opened(name);
        }

        @Override
        public void delete(String name) throws IOException {
            step("delete");
            objects.remove(name);
        }

        @Override
        public void discardUncommitted() {}

        @Override
        public void close() {}
    }

    /** What is on tape. */
    private static final class Tape extends Objects implements SecondTier {

        final List<String> opened = new ArrayList<>();
        /** As objects lie on the cartridge. */
        final List<String> order = new ArrayList<>();
        /** What cannot be read. */
        final List<String> broken = new ArrayList<>();

        boolean full;
        /** Whether what is opened cannot be read. */
        boolean torn;

        @Override
        void step(String what) throws IOException {
            if (torn && what.equals("read")) {
                throw new IOException("the tape is torn");
            }
            if (full && what.equals("write")) {
                full = false;
                throw new MediumFullException("no cartridge is left", null);
            }
        }

        ObjectWriter create(String name) throws IOException {
            return created(name);
        }

        @Override
        public List<MediumObject> list(UUID id, String prefix) {
            return listed(prefix);
        }

        @Override
        public List<TierCopy> copies(UUID id, String name) {
            byte[] bytes = objects.get(name);
            return bytes == null
                    ? List.of()
                    : List.of(new TierCopy(bytes.length, List.of("V"), "pool", Instant.EPOCH, null, null));
        }

        @Override
        public ObjectReader open(UUID id, String name) throws IOException {
            opened.add(name);
            if (broken.contains(name)) {
                throw new IOException("the tape is torn");
            }
            return opened(name);
        }

        @Override
        public void forget(UUID id, String name) {
            objects.remove(name);
        }

        @Override
        public void begin(UUID id) {}

        @Override
        public Hold hold() {
            return () -> {};
        }

        @Override
        public boolean isComplete(UUID id) {
            return true;
        }

        @Override
        public TierReport copy(List<TierSource> sources, String pool, boolean again, Progress progress) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> prove(UUID id, String name, Progress progress) {
            throw new UnsupportedOperationException();
        }
    }
}
