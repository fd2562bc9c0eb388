package org.hikae.files.transfer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.files.transfer.run.FrameHeader.Codec;
import org.hikae.files.transfer.run.RunItem.Attribute;
import org.hikae.files.transfer.run.RunItem.Content;
import org.hikae.files.transfer.run.RunItem.Data;
import org.hikae.files.transfer.run.RunItem.End;
import org.hikae.files.transfer.run.RunItem.FileEnd;
import org.hikae.files.transfer.run.RunItem.FileItem;
import org.hikae.files.transfer.run.RunItem.FileVoid;
import org.hikae.files.transfer.run.RunItem.Follows;
import org.hikae.files.transfer.run.RunItem.Gone;
import org.hikae.files.transfer.run.RunItem.Nothing;
import org.hikae.files.transfer.run.RunItem.Same;
import org.hikae.files.transfer.run.RunItem.Start;
import org.hikae.files.transfer.run.RunItem.Times;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sender says on purpose that is not so. */
class HostileRunTest {
    private static final Instant NOW = Instant.EPOCH;
    private static final Start FULL = new Start(new UUID(1, 2), "b", 5, 0, NOW);
    private static final Start UPON = new Start(new UUID(1, 2), "b", 5, 4, NOW);

    private static FileItem file(String path, long size, Content content) {
        return new FileItem(
                FileName.parse(path),
                FileType.REGULAR,
                0644,
                0,
                0,
                null,
                null,
                new Times(NOW, NOW, null, null),
                size,
                null,
                0,
                List.of(),
                0,
                content);
    }

    private static FileItem typed(FileType type, String path, FileName target, long device) {
        return new FileItem(
                FileName.parse(path),
                type,
                0644,
                0,
                0,
                null,
                null,
                new Times(NOW, NOW, null, null),
                0,
                target,
                device,
                List.of(),
                0,
                new Nothing());
    }

    private static Data data(long offset, int length) {
        return new Data(offset, ByteBuffer.allocate(length));
    }

    private static FileEnd end() {
        return new FileEnd(new byte[ContentHash.LENGTH], null);
    }

    /** A frame whose checksums are right, whatever is in it. */
    private static byte[] frame(Codec codec, long number, int rawLength, byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload);
        FrameHeader header =
                new FrameHeader(codec, number, FULL.mark(), rawLength, payload.length, (int) crc.getValue());
        ByteBuffer bytes = ByteBuffer.allocate(FrameHeader.LENGTH + payload.length);
        header.put(bytes);
        return bytes.put(payload).array();
    }

    private static byte[] raw(RunItem... items) {
        PackedOutput out = new PackedOutput();
        for (RunItem item : items) {
            ItemCodec.put(item, out);
        }
        return out.bytes();
    }

    private static void parse(RunItem... items) throws IOException {
        byte[] raw = raw(items);
        Frames.read(List.of(frame(Codec.PLAIN, 0, raw.length, raw), endOf(raw, items)), RunState.BEGIN);
    }

    private static byte[] endOf(byte[] raw, RunItem... items) {
        RunDigest digest = new RunDigest();
        digest.add(ByteBuffer.wrap(raw));
        long files = 0;
        long gone = 0;
        long bytes = 0;
        for (RunItem item : items) {
            files += item instanceof FileItem ? 1 : item instanceof FileVoid ? -1 : 0;
            gone += item instanceof Gone ? 1 : 0;
            bytes += item instanceof Data data ? data.bytes().remaining() : 0;
        }
        byte[] end = raw(new End(files, gone, bytes, digest.value()));
        return frame(Codec.PLAIN, 1, end.length, end);
    }

    private static void assertRefused(String why, RunItem... items) {
        assertThatThrownBy(() -> parse(items))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(why);
    }

    @Nested
    class Frame {
        @Test
        void thatUnpacksToMoreThanItSays() {
            byte[] bomb = Zstd.compress(new byte[64 << 20]);
            assertThatThrownBy(
                            () -> Frames.read(List.of(frame(Codec.ZSTD, 0, FrameHeader.MAX_RAW, bomb)), RunState.BEGIN))
                    .isInstanceOf(FormatException.class)
                    .hasMessage("frame 0 cannot be decompressed");
        }

        @Test
        void thatUnpacksToLess() {
            byte[] small = Zstd.compress(new byte[1000]);
            assertThatThrownBy(() -> Frames.read(List.of(frame(Codec.ZSTD, 0, 1001, small)), RunState.BEGIN))
                    .isInstanceOf(FormatException.class)
                    .hasMessage("frame 0 has 1000 raw bytes instead of 1001");
        }

        @ParameterizedTest
        @ValueSource(ints = {0, -1, FrameHeader.MAX_RAW + 1, Integer.MAX_VALUE, Integer.MIN_VALUE})
        void thatIsTooLargeOrEmpty(int length) {
            assertThatThrownBy(() -> new FrameReader(Frames.channel(frame(Codec.ZSTD, 0, length, new byte[10]))).next())
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("raw bytes");
        }

        @Test
        void thatIsLargerThanWhatItUnpacksTo() {
            assertThatThrownBy(() -> new FrameReader(Frames.channel(frame(Codec.ZSTD, 0, 10, new byte[10]))).next())
                    .isInstanceOf(FormatException.class)
                    .hasMessage("frame 0 with 10 bytes that stand for 10");
        }

        @Test
        void thatIsNotTheNextOne() {
            byte[] raw = raw(FULL);
            assertThatThrownBy(() -> Frames.read(List.of(frame(Codec.PLAIN, 1, raw.length, raw)), RunState.BEGIN))
                    .hasMessage("frame 1 instead of frame 0");
        }

        @Test
        void withHalfAnItem() {
            byte[] raw = new byte[] {2, 0, 0, 0, 100, 1, 2};
            assertThatThrownBy(() -> Frames.read(List.of(frame(Codec.PLAIN, 1, raw.length, raw)), RunState.unknown(1)))
                    .hasMessage("frame 1: an item of 100 bytes, of which 2 are there");
        }
    }

    @Nested
    class Order {
        @Test
        void aRunThatIsAsItShouldBe() {
            assertThatCode(() -> parse(
                            FULL,
                            file("/a", 10, new Follows()),
                            data(0, 5),
                            data(5, 5),
                            end(),
                            file("/b", 10, new Same(5, FileName.parse("/a"))),
                            file("/c", 10, new Follows()),
                            new FileVoid(),
                            typed(FileType.DIRECTORY, "/", null, 0),
                            new Gone(FileName.parse("/d"))))
                    .doesNotThrowAnyException();
        }

        @Test
        void noStart() {
            assertRefused("does not begin with its start", file("/a", 1, new Follows()));
        }

        @Test
        void twoStarts() {
            assertRefused("a second start", FULL, FULL);
        }

        @Test
        void startOfAnotherRun() {
            assertRefused("another run", new Start(new UUID(1, 3), "b", 5, 0, NOW));
        }

        @Test
        void contentWithoutFile() {
            assertRefused("without a file", FULL, data(0, 1));
            assertRefused("without a file", FULL, end());
            assertRefused("without a file", FULL, new FileVoid());
            assertRefused("without a file", FULL, file("/a", 1, new Same(5, FileName.parse("/b"))), data(0, 1));
        }

        @Test
        void fileWithinFile() {
            assertRefused("within another file", FULL, file("/a", 1, new Follows()), file("/b", 1, new Follows()));
            assertRefused("within another file", FULL, file("/a", 1, new Follows()), new Gone(FileName.parse("/b")));
            assertRefused("within another file", FULL, file("/a", 1, new Follows()));
        }

        @Test
        void contentBeyondTheFile() {
            assertRefused("a piece up to 2", FULL, file("/a", 1, new Follows()), data(0, 2));
            assertRefused(
                    "a piece up to 9223372036854775807",
                    FULL,
                    file("/a", 1, new Follows()),
                    data(Long.MAX_VALUE - 1, 1));
            assertRefused(
                    "a piece at 9223372036854775807",
                    FULL,
                    file("/a", Long.MAX_VALUE, new Follows()),
                    data(Long.MAX_VALUE, 1));
        }

        @Test
        void contentThatGoesBack() {
            assertRefused("before 5", FULL, file("/a", 9, new Follows()), data(0, 5), data(4, 1));
        }

        @Test
        void contentOfRunsThatCannotBeMeant() {
            assertRefused("content of run 4", FULL, file("/a", 1, new Same(4, FileName.parse("/b"))));
            assertRefused("content of run 6", UPON, file("/a", 1, new Same(6, FileName.parse("/b"))));
            assertRefused("content of run 0", UPON, file("/a", 1, new Same(0, FileName.parse("/b"))));
            assertThatCode(() -> parse(UPON, file("/a", 1, new Same(3, FileName.parse("/b")))))
                    .doesNotThrowAnyException();
        }

        @Test
        void endThatIsNotAloneOrDoesNotAddUp() {
            End end = new End(0, 0, 0, new byte[RunDigest.LENGTH]);
            assertRefused("not alone", FULL, end);
            byte[] raw = raw(FULL);
            for (End wrong : List.of(
                    new End(1, 0, 0, digest(raw)), new End(0, 1, 0, digest(raw)), new End(0, 0, 1, digest(raw)), end)) {
                byte[] last = raw(wrong);
                assertThatThrownBy(() -> Frames.read(
                                List.of(
                                        frame(Codec.PLAIN, 0, raw.length, raw),
                                        frame(Codec.PLAIN, 1, last.length, last)),
                                RunState.BEGIN))
                        .hasMessageContaining("than there were");
            }
        }

        private static byte[] digest(byte[] raw) {
            RunDigest digest = new RunDigest();
            digest.add(ByteBuffer.wrap(raw));
            return digest.value();
        }
    }

    @Nested
    class Item {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "a",
                    "/a/",
                    "//a",
                    "/a//b",
                    "/..",
                    "/a/..",
                    "/a/../b",
                    "/.",
                    "/a/./b",
                    "/a\\x00",
                    "/a\\x00b/c"
                })
        void withABadPath(String path) {
            assertThatThrownBy(() -> parse(FULL, new Gone(FileName.parse(path))))
                    .isInstanceOf(FormatException.class);
            assertThatThrownBy(() -> parse(FULL, file(path, 0, new Follows()), end()))
                    .isInstanceOf(FormatException.class);
            assertThatThrownBy(() -> parse(FULL, file("/ok", 0, new Same(5, FileName.parse(path)))))
                    .isInstanceOf(FormatException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/a", "/.a", "/...", "/a/..b", "/\\xff/\\x0a", "/a\\b"})
        void withAnOddPathThatIsRight(String path) {
            assertThatCode(() -> parse(FULL, new Gone(FileName.parse(path)))).doesNotThrowAnyException();
        }

        @Test
        void withAPathThatIsTooLong() {
            assertThatThrownBy(() -> ItemCodec.pack(new Gone(FileName.parse("/" + "a".repeat(ItemRules.MAX_PATH)))))
                    .isInstanceOf(FormatException.class);
            assertThatCode(() -> ItemCodec.pack(new Gone(FileName.parse("/" + "a".repeat(ItemRules.MAX_PATH - 1)))))
                    .doesNotThrowAnyException();
        }

        @Test
        void ofTypesThatDoNotFit() {
            assertRefused("the root", FULL, typed(FileType.FIFO, "/", null, 0));
            assertRefused("with the target", FULL, typed(FileType.SYMLINK, "/a", null, 0));
            assertRefused("with the target", FULL, typed(FileType.FIFO, "/a", FileName.parse("b"), 0));
            assertRefused("NUL", FULL, typed(FileType.SYMLINK, "/a", FileName.parse("b\\x00"), 0));
            assertRefused("number of a device", FULL, typed(FileType.FIFO, "/a", null, 1));
            assertRefused("REGULAR", FULL, file("/a", 0, new Nothing()));
            assertRefused("-1 bytes", FULL, file("/a", -1, new Follows()));
        }

        @Test
        void withMoreAttributesThanThereMayBe() {
            List<Attribute> many = new ArrayList<>();
            for (int i = 0; i <= ItemRules.MAX_ATTRIBUTES; i++) {
                many.add(new Attribute(FileName.parse("user." + i), new byte[0]));
            }
            assertThatThrownBy(() -> ItemCodec.pack(with(many))).isInstanceOf(FormatException.class);
            List<Attribute> large =
                    List.of(new Attribute(FileName.parse("user.a"), new byte[ItemRules.MAX_ATTRIBUTE_BYTES]));
            assertThatThrownBy(() -> ItemCodec.pack(with(large))).hasMessageContaining("bytes of extended attributes");
            Attribute one = new Attribute(FileName.parse("user.a"), new byte[1]);
            assertThatThrownBy(() -> ItemCodec.pack(with(List.of(one, one)))).hasMessageContaining("two attributes");
        }

        @Test
        void thatIsAsLargeAsCanBeStillFitsInAFrame() throws IOException {
            FileName path = FileName.parse("/" + "a".repeat(ItemRules.MAX_PATH - 1));
            List<Attribute> large =
                    List.of(new Attribute(FileName.parse("u"), new byte[ItemRules.MAX_ATTRIBUTE_BYTES - 1]));
            FileItem item = new FileItem(
                    path,
                    FileType.REGULAR,
                    0,
                    0,
                    0,
                    "u".repeat(255),
                    "g".repeat(255),
                    new Times(NOW, NOW, NOW, NOW),
                    0,
                    null,
                    0,
                    large,
                    1,
                    new Same(5, path));
            assertThat(Frames.read(Frames.of(FULL, List.of(item)), RunState.BEGIN))
                    .contains(item);
        }

        private static FileItem with(List<Attribute> attributes) {
            return new FileItem(
                    FileName.parse("/a"),
                    FileType.FIFO,
                    0,
                    0,
                    0,
                    null,
                    null,
                    new Times(NOW, NOW, null, null),
                    0,
                    null,
                    0,
                    attributes,
                    0,
                    new Nothing());
        }
    }
}
