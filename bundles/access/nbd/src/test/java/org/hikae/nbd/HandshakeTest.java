package org.hikae.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import org.hikae.nbd.export.Catalogue;
import org.hikae.nbd.export.Lease;
import org.hikae.nbd.handshake.Agreement;
import org.hikae.nbd.handshake.Handshake;
import org.hikae.nbd.protocol.Input;
import org.hikae.nbd.protocol.Output;
import org.hikae.nbd.protocol.ProtocolException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fixed newstyle handshake, option by option. */
class HandshakeTest {

    private static final String ALLOCATION = "base:allocation";

    private final MemoryDevice device = new MemoryDevice(1 << 20);
    private final List<String> opened = new ArrayList<>();
    private final ClientBytes client = new ClientBytes();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private final Catalogue catalogue = new Catalogue() {
        @Override
        public List<Entry> list() {
            return List.of(new Entry("data", "a disk"), new Entry("data@1", "a generation"));
        }

        @Override
        public Lease open(String name) throws IOException {
            if (!name.equals("data")) {
                throw new IOException("there is no disk '" + name + "'");
            }
            opened.add(name);
            return new TestLease(name, device);
        }
    };

    private Agreement run() throws IOException {
        Input input = new Input(Channels.newChannel(new ByteArrayInputStream(client.bytes())));
        return new Handshake(input, new Output(Channels.newChannel(said)), catalogue).run();
    }

    private ServerBytes server() {
        return new ServerBytes(said.toByteArray()).greeting();
    }

    private List<ServerBytes.Reply> replies() throws IOException {
        assertThat(run()).isNull();
        return server().replies();
    }

    /** The only reply. */
    private ServerBytes.Reply reply() throws IOException {
        List<ServerBytes.Reply> replies = replies();
        assertThat(replies).hasSize(1);
        return replies.get(0);
    }

    @Nested
    class AnExportIsChosen {

        @Test
        void byGo() throws IOException {
            client.flags(3).option(ClientBytes.STRUCTURED).export(ClientBytes.GO, "data", 3);
            Agreement agreement = run();
            assertThat(agreement.structured()).isTrue();
            assertThat(agreement.allocation()).isFalse();
            assertThat(agreement.lease().device()).isSameAs(device);
            assertThat(device.closed).isFalse();
            List<ServerBytes.Reply> replies = server().replies();
            assertThat(replies.get(replies.size() - 1).type()).isEqualTo(ServerBytes.ACK);
            assertThat(info(replies, 0).getLong()).isEqualTo(1 << 20);
        }

        @Test
        void byInfoNotYet() throws IOException {
            client.flags(3).export(ClientBytes.INFO, "data").export(ClientBytes.INFO, "nothing");
            List<ServerBytes.Reply> replies = replies();
            assertThat(replies).extracting(ServerBytes.Reply::type).endsWith(ServerBytes.ACK, ServerBytes.UNKNOWN);
            assertThat(replies.get(replies.size() - 1).text()).isEqualTo("there is no disk 'nothing'");
            assertThat(device.closed).as("the export was only looked at").isTrue();
        }

        @Test
        void byNameWithZeroes() throws IOException {
            client.flags(1).option(ClientBytes.EXPORT_NAME, "data".getBytes());
            assertThat(run().structured()).isFalse();
            assertThat(server().remaining()).isEqualTo(8 + 2 + 124);
        }

        @Test
        void byNameWithoutZeroes() throws IOException {
            client.flags(2).option(ClientBytes.EXPORT_NAME, "data".getBytes());
            assertThat(run().lease().name()).isEqualTo("data");
            assertThat(server().remaining()).isEqualTo(8 + 2);
        }

        @Test
        void aNameThatIsNoneEndsTheConnection() {
            client.flags(3).option(ClientBytes.EXPORT_NAME, "nothing".getBytes());
            assertThatThrownBy(HandshakeTest.this::run).hasMessage("there is no disk 'nothing'");
        }

        private ByteBuffer info(List<ServerBytes.Reply> replies, int type) {
            return replies.stream()
                    .filter(reply -> reply.type() == ServerBytes.INFO)
                    .map(ServerBytes.Reply::buffer)
                    .filter(data -> data.getShort() == type)
                    .findFirst()
                    .orElseThrow();
        }

        @Test
        void whatItCanDoIsTold() throws IOException {
            client.flags(3).option(ClientBytes.STRUCTURED).export(ClientBytes.GO, "data");
            run();
            List<ServerBytes.Reply> replies = server().replies();
            ByteBuffer export = info(replies, 0);
            export.getLong();
            // HAS_FLAGS, FLUSH, FUA, TRIM, WRITE_ZEROES, DF, MULTI_CONN, CACHE, FAST_ZERO
            assertThat(export.getShort()).isEqualTo((short) 0b1101_1110_1101);
            ByteBuffer sizes = info(replies, 3);
            assertThat(List.of(sizes.getInt(), sizes.getInt(), sizes.getInt())).containsExactly(1, 4096, 32 << 20);
        }

        @Test
        void aReadOnlyOneCanDoLess() throws IOException {
            device.readOnly = true;
            client.flags(3).export(ClientBytes.GO, "data");
            run();
            ByteBuffer export = info(server().replies(), 0);
            export.getLong();
            // HAS_FLAGS, READ_ONLY, FLUSH, FUA, MULTI_CONN, CACHE
            assertThat(export.getShort()).isEqualTo((short) 0b0101_0000_1111);
        }
    }

    @Nested
    class BlockStatus {

        @Test
        void isChosenForTheExport() throws IOException {
            client.flags(3)
                    .option(ClientBytes.STRUCTURED)
                    .meta(ClientBytes.SET_META, "data", "x:y", ALLOCATION)
                    .export(ClientBytes.GO, "data");
            assertThat(run().allocation()).isTrue();
            assertThat(server().replies())
                    .filteredOn(reply -> reply.type() == ServerBytes.META)
                    .singleElement()
                    .satisfies(reply -> assertThat(reply.text()).endsWith(ALLOCATION));
        }

        @Test
        void isForgottenByASecondChoice() throws IOException {
            client.flags(3)
                    .option(ClientBytes.STRUCTURED)
                    .meta(ClientBytes.SET_META, "data", ALLOCATION)
                    .meta(ClientBytes.SET_META, "nothing", ALLOCATION)
                    .export(ClientBytes.GO, "data");
            assertThat(run().allocation()).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "base:", ALLOCATION})
        void isListed(String query) throws IOException {
            client.flags(3).option(ClientBytes.STRUCTURED);
            if (query.isEmpty()) {
                client.meta(ClientBytes.LIST_META, "data");
            } else {
                client.meta(ClientBytes.LIST_META, "data", query);
            }
            assertThat(replies())
                    .extracting(ServerBytes.Reply::type)
                    .containsExactly(ServerBytes.ACK, ServerBytes.META, ServerBytes.ACK);
        }

        @Test
        void theWildcardChoosesNothing() throws IOException {
            client.flags(3)
                    .option(ClientBytes.STRUCTURED)
                    .meta(ClientBytes.SET_META, "data", "base:")
                    .export(ClientBytes.GO, "data");
            assertThat(run().allocation()).isFalse();
        }

        @Test
        void needsStructuredReplies() throws IOException {
            client.flags(3).meta(ClientBytes.SET_META, "data", ALLOCATION);
            assertThat(reply().type()).isEqualTo(ServerBytes.INVALID);
        }

        @Test
        void ofNoExportIsRefused() throws IOException {
            client.flags(3).option(ClientBytes.STRUCTURED).meta(ClientBytes.LIST_META, "nothing");
            assertThat(replies()).extracting(ServerBytes.Reply::type).endsWith(ServerBytes.UNKNOWN);
        }

        @Test
        void aCountThatIsALieIsRefused() throws IOException {
            ByteBuffer data =
                    ByteBuffer.allocate(12).putInt(4).put("data".getBytes()).putInt(-1);
            client.flags(3).option(ClientBytes.STRUCTURED).option(ClientBytes.SET_META, data.array());
            assertThat(replies()).extracting(ServerBytes.Reply::type).endsWith(ServerBytes.INVALID);
        }
    }

    @Nested
    class OtherOptions {

        @Test
        void exportsAreListed() throws IOException {
            client.flags(3).option(ClientBytes.LIST);
            List<ServerBytes.Reply> replies = replies();
            assertThat(replies)
                    .extracting(ServerBytes.Reply::type)
                    .containsExactly(ServerBytes.SERVER, ServerBytes.SERVER, ServerBytes.ACK);
            assertThat(replies.get(1).text()).endsWith("data@1a generation");
            assertThat(opened).isEmpty();
        }

        @Test
        void unknownOnesAreRefusedAndPassedOver() throws IOException {
            client.flags(3).option(77, new byte[1000]).option(ClientBytes.LIST);
            assertThat(replies())
                    .extracting(ServerBytes.Reply::type)
                    .containsExactly(ServerBytes.UNSUP, ServerBytes.SERVER, ServerBytes.SERVER, ServerBytes.ACK);
        }

        @Test
        void thereIsNoTls() throws IOException {
            client.flags(3).option(ClientBytes.STARTTLS);
            assertThat(reply().type()).isEqualTo(ServerBytes.UNSUP);
        }

        @Test
        void abortEnds() throws IOException {
            client.flags(3).option(ClientBytes.ABORT).option(ClientBytes.LIST);
            assertThat(reply().type()).isEqualTo(ServerBytes.ACK);
        }

        @ParameterizedTest
        @ValueSource(ints = {ClientBytes.LIST, ClientBytes.STRUCTURED, ClientBytes.GO, ClientBytes.INFO})
        void wrongDataIsInvalid(int option) throws IOException {
            client.flags(3).option(option, new byte[] {0, 0, 0});
            assertThat(reply().type()).isEqualTo(ServerBytes.INVALID);
        }

        @Test
        void aNameThatIsLongerThanItsOptionIsInvalid() throws IOException {
            client.flags(3).option(ClientBytes.GO, new byte[] {0, 0, 0x0f, 0, 'a', 0, 0});
            assertThat(reply().type()).isEqualTo(ServerBytes.INVALID);
        }

        @Test
        void aNameBeyondTheLimitIsTooBig() throws IOException {
            client.flags(3).export(ClientBytes.GO, "x".repeat(4097)).export(ClientBytes.GO, "y".repeat(4096));
            assertThat(replies())
                    .extracting(ServerBytes.Reply::type)
                    .containsExactly(ServerBytes.TOO_BIG, ServerBytes.UNKNOWN);
        }

        @Test
        void aNameThatIsNoTextIsInvalid() throws IOException {
            client.flags(3).option(ClientBytes.GO, new byte[] {0, 0, 0, 1, (byte) 0xff, 0, 0});
            assertThat(reply().type()).isEqualTo(ServerBytes.INVALID);
        }

        @Test
        void tooMuchDataIsPassedOver() throws IOException {
            client.flags(3).option(ClientBytes.LIST, new byte[100_000]).option(ClientBytes.ABORT);
            assertThat(replies())
                    .extracting(ServerBytes.Reply::type)
                    .containsExactly(ServerBytes.TOO_BIG, ServerBytes.ACK);
        }
    }

    @Nested
    class TheConnectionIsDropped {

        @Test
        void forUnknownFlags() {
            client.flags(4);
            assertThatThrownBy(HandshakeTest.this::run).isInstanceOf(ProtocolException.class);
        }

        @Test
        void forWhatIsNoOption() {
            client.flags(3).raw(new byte[16]);
            assertThatThrownBy(HandshakeTest.this::run).isInstanceOf(ProtocolException.class);
        }

        @Test
        void forOptionsWithoutTheFixedHandshake() {
            client.flags(0).option(ClientBytes.LIST);
            assertThatThrownBy(HandshakeTest.this::run).isInstanceOf(ProtocolException.class);
        }

        @Test
        void forAnEndlessOption() {
            client.flags(3)
                    .raw(ByteBuffer.allocate(16)
                            .putLong(0x49484156454f5054L)
                            .putInt(ClientBytes.LIST)
                            .putInt(-1));
            assertThatThrownBy(HandshakeTest.this::run).isInstanceOf(ProtocolException.class);
        }

        /** Whatever were said instead, the client would take for the size of an export. */
        @Test
        void forAnEndlessNameAndNothingIsSaid() {
            client.flags(3).option(ClientBytes.EXPORT_NAME, new byte[20_000]);
            assertThatThrownBy(HandshakeTest.this::run).isInstanceOf(ProtocolException.class);
            assertThat(server().remaining()).isZero();
        }

        @Test
        void forEndlessOptions() {
            client.flags(3);
            for (int i = 0; i < 1000; i++) {
                client.option(ClientBytes.STRUCTURED);
            }
            assertThatThrownBy(HandshakeTest.this::run).isInstanceOf(ProtocolException.class);
        }

        @Test
        void whenItEndsInTheMiddle() {
            client.flags(3).raw(new byte[5]);
            assertThatThrownBy(HandshakeTest.this::run).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void aFailureAtTheLastStepClosesTheExport() {
        client.flags(3).export(ClientBytes.GO, "data");
        Input input = new Input(Channels.newChannel(new ByteArrayInputStream(client.bytes())));
        Output broken = new Output(new java.nio.channels.WritableByteChannel() {
            private int sends;

            @Override
            public int write(ByteBuffer src) throws IOException {
                if (sends++ > 0) {
                    throw new IOException("gone");
                }
                int length = src.remaining();
                src.position(src.limit());
                return length;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        });
        assertThatThrownBy(() -> new Handshake(input, broken, catalogue).run()).hasMessage("gone");
        assertThat(device.closed).isTrue();
    }
}
