package org.hikae.nbd.handshake;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.job.Reason;
import org.hikae.nbd.export.Catalogue;
import org.hikae.nbd.export.Lease;
import org.hikae.nbd.protocol.Input;
import org.hikae.nbd.protocol.Option;
import org.hikae.nbd.protocol.OptionReply;
import org.hikae.nbd.protocol.Output;
import org.hikae.nbd.protocol.ProtocolException;

/**
 * What client and server say until an export is chosen: the fixed newstyle handshake. Not thread-safe. How long a client
 * may take is the business of whoever owns the connection.
 */
public final class Handshake {

    private static final long GREETING = 0x4e42444d41474943L; // NBDMAGIC
    private static final long OPTION = 0x49484156454f5054L; // IHAVEOPT
    private static final short SERVER_FLAGS = 3;
    private static final int FIXED_NEWSTYLE = 1;
    private static final int NO_ZEROES = 2;
    private static final int OPTION_HEADER = 16;
    private static final int ZEROES = 124;
    /** Bytes of the longest data of an option that are looked at. */
    private static final int LONGEST = 16 << 10;
    /** Bytes of data that are still passed over; who sends more is no client. */
    private static final int TOO_LONG = 1 << 20;
    /** More than any client has to say. */
    private static final int MOST_OPTIONS = 256;

    private final Input input;
    private final Output output;
    private final Catalogue catalogue;
    private final Contexts contexts = new Contexts();
    private boolean fixed;
    private boolean zeroes;
    private boolean structured;

    public Handshake(Input input, Output output, Catalogue catalogue) {
        this.input = input;
        this.output = output;
        this.catalogue = catalogue;
    }

    /**
     * Talks with the client until it has chosen an export.
     *
     * @return null if it has not, and ends
     * @throws ProtocolException if it says what it must not
     */
    public Agreement run() throws IOException {
        greet();
        for (int i = 0; i < MOST_OPTIONS; i++) {
            ByteBuffer header = input.next(OPTION_HEADER);
            if (header == null) {
                return null;
            }
            if (header.getLong() != OPTION) {
                throw new ProtocolException("what should be an option is none");
            }
            int code = header.getInt();
            long length = Integer.toUnsignedLong(header.getInt());
            Option option = Option.of(code).orElse(null);
            if (option == Option.EXPORT_NAME) {
                return exportName(length);
            } else if (!fixed) {
                throw new ProtocolException("option " + code + " without the fixed handshake");
            }
            OptionData data = data(code, length);
            Agreement agreement = data == null ? null : answer(option, data, new Replies(output, code));
            if (agreement != null || option == Option.ABORT) {
                return agreement;
            }
        }
        throw new ProtocolException("the client goes on with options and chooses no export");
    }

    private void greet() throws IOException {
        ByteBuffer greeting = ByteBuffer.allocate(18);
        output.send(greeting.putLong(GREETING)
                .putLong(OPTION)
                .putShort(SERVER_FLAGS)
                .flip());
        int flags = input.need(Integer.BYTES).getInt();
        if ((flags & ~SERVER_FLAGS) != 0) {
            throw new ProtocolException("the client has unknown flags " + Integer.toHexString(flags));
        }
        fixed = (flags & FIXED_NEWSTYLE) != 0;
        zeroes = (flags & NO_ZEROES) == 0;
    }

    /** The data of an option; null if there were too many, and the client has been told. */
    private OptionData data(int code, long length) throws IOException {
        if (length > TOO_LONG) {
            throw new ProtocolException("option " + code + " comes with " + length + " bytes");
        } else if (length > LONGEST) {
            input.skip(length);
            new Replies(output, code).refuse(OptionReply.ERR_TOO_BIG, "more than " + LONGEST + " bytes of data");
            return null;
        }
        return new OptionData(input.need((int) length));
    }

    /** This option has no way to say what is wrong: whatever is said, a client takes for the export. */
    private Agreement exportName(long length) throws IOException {
        if (length > LONGEST) {
            throw new ProtocolException("the name of an export is " + length + " bytes long");
        }
        Lease lease;
        String name;
        try {
            name = new OptionData(input.need((int) length)).rest();
            lease = catalogue.open(name);
        } catch (RefusedException e) {
            throw new ProtocolException("a name of an export: " + e.getMessage());
        }
        return closedOnFailure(lease, () -> {
            ByteBuffer answer = ByteBuffer.allocate(Long.BYTES + Short.BYTES + ZEROES);
            answer.putLong(lease.device().size()).putShort(Replies.flags(lease.device(), structured));
            output.send(
                    answer.position(answer.position() + (zeroes ? ZEROES : 0)).flip());
            return new Agreement(lease, structured, contexts.allocation(name));
        });
    }

    private Agreement answer(Option option, OptionData data, Replies replies) throws IOException {
        if (option == null) {
            replies.refuse(OptionReply.ERR_UNSUP, "there is no such option here");
            return null;
        }
        try {
            return switch (option) {
                case GO -> export(data, replies, true);
                case INFO -> export(data, replies, false);
                case LIST -> list(data, replies);
                case STRUCTURED_REPLY -> structured(data, replies);
                case LIST_META_CONTEXT -> contexts.list(data, replies, structured, this::check);
                case SET_META_CONTEXT -> contexts.set(data, replies, structured, this::check);
                case ABORT -> abort(replies);
                case STARTTLS -> throw new RefusedException(OptionReply.ERR_UNSUP, "there is no TLS here");
                case EXPORT_NAME -> throw new IllegalStateException("has its own answer");
            };
        } catch (RefusedException e) {
            replies.refuse(e.reply(), e.getMessage());
            return null;
        }
    }

    private Agreement export(OptionData data, Replies replies, boolean go) throws IOException, RefusedException {
        String name = data.text();
        int wishes = Short.toUnsignedInt(data.shortNumber());
        for (int i = 0; i < wishes; i++) {
            data.shortNumber();
        }
        data.end();
        Lease lease = open(name);
        Agreement agreement = closedOnFailure(lease, () -> {
            replies.infos(lease, structured);
            replies.ack();
            return new Agreement(lease, structured, contexts.allocation(name));
        });
        if (go) {
            return agreement;
        }
        lease.close();
        return null;
    }

    private Lease open(String name) throws RefusedException {
        try {
            return catalogue.open(name);
        } catch (IOException e) {
            throw new RefusedException(OptionReply.ERR_UNKNOWN, Reason.of(e));
        }
    }

    private void check(String name) throws IOException, RefusedException {
        open(name).close();
    }

    private Agreement list(OptionData data, Replies replies) throws IOException, RefusedException {
        data.end();
        for (Catalogue.Entry entry : catalogue.list()) {
            replies.server(entry);
        }
        replies.ack();
        return null;
    }

    private Agreement structured(OptionData data, Replies replies) throws IOException, RefusedException {
        data.end();
        structured = true;
        replies.ack();
        return null;
    }

    /** A client need not wait for the answer. */
    private static Agreement abort(Replies replies) {
        try {
            replies.ack();
        } catch (IOException e) {
            return null;
        }
        return null;
    }

    private static Agreement closedOnFailure(Lease lease, Last last) throws IOException {
        try {
            return last.run();
        } catch (IOException | RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    /** The last step of a handshake. */
    @FunctionalInterface
    private interface Last {
        Agreement run() throws IOException;
    }
}
