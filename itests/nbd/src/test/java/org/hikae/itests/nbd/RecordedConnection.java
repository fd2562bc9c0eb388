package org.hikae.itests.nbd;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A client and the server, with the recorder between them. They get to say to each other what they say. */
final class RecordedConnection {

    private static final long MAGIC = 0x4e42444d41474943L;
    private static final long OPTION = 0x49484156454f5054L;
    private static final long OPTION_REPLY = 0x3e889045565a9L;
    private static final int NEWSTYLE_WITHOUT_ZEROES = 3;
    private static final int EXPORT_NAME = 1;
    private static final int UNSUPPORTED = 0x80000001;

    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int DISCONNECT = 2;
    private static final int TRIM = 4;
    private static final int WRITE_ZEROES = 6;

    /** What the client waits for. */
    private record Pending(int type, int length, Change change) {}

    private final Peer client;
    private final Peer server;
    private final ChangeLog log;
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();

    /** Shakes hands with both. */
    RecordedConnection(Peer client, Path socket, ChangeLog log) throws IOException {
        this.client = client;
        this.log = log;
        ByteBuffer export = greet();
        server = Peer.connect(socket);
        server.hear(18);
        server.say(ByteBuffer.allocate(20 + export.remaining())
                .putInt(NEWSTYLE_WITHOUT_ZEROES)
                .putLong(OPTION)
                .putInt(EXPORT_NAME)
                .putInt(export.remaining())
                .put(export)
                .flip());
        client.say(server.hear(10));
    }

    /** Offers the client nothing but what takes simple answers. Returns the export that it chooses. */
    private ByteBuffer greet() throws IOException {
        client.say(ByteBuffer.allocate(18)
                .putLong(MAGIC)
                .putLong(OPTION)
                .putShort((short) NEWSTYLE_WITHOUT_ZEROES)
                .flip());
        client.hear(4);
        while (true) {
            ByteBuffer head = client.hear(16);
            int option = head.getInt(8);
            ByteBuffer data = client.hear(head.getInt(12));
            if (option == EXPORT_NAME) {
                return data;
            }
            client.say(ByteBuffer.allocate(20)
                    .putLong(OPTION_REPLY)
                    .putInt(option)
                    .putInt(UNSUPPORTED)
                    .putInt(0)
                    .flip());
        }
    }

    /** Passes requests on until the client ends. */
    void passRequests() throws IOException {
        int type;
        do {
            ByteBuffer head = client.hear(28);
            type = head.getShort(6);
            int length = head.getInt(24);
            ByteBuffer data = client.hear(type == WRITE ? length : 0);
            Change change = record(type, head.getLong(16), length, data.duplicate());
            pending.put(head.getLong(8), new Pending(type, length, change));
            server.say(head);
            server.say(data);
        } while (type != DISCONNECT);
    }

    private Change record(int type, long offset, int length, ByteBuffer data) throws IOException {
        return switch (type) {
            case WRITE -> log.data(offset, data);
            case TRIM, WRITE_ZEROES -> log.zeros(offset, Integer.toUnsignedLong(length));
            default -> null;
        };
    }

    /** Passes answers on until the server ends. */
    void passAnswers() throws IOException {
        while (true) {
            ByteBuffer head = server.hear(16);
            Pending request = pending.remove(head.getLong(8));
            if (head.getInt(4) != 0) {
                throw new IOException("the server answered with error " + head.getInt(4) + " to " + request);
            }
            ByteBuffer data = server.hear(request.type == READ ? request.length : 0);
            if (request.change != null) {
                request.change.ended(System.nanoTime());
            }
            client.say(head);
            client.say(data);
        }
    }

    /** Whether all is said: the client has ended, and nothing was left without an answer. */
    boolean isEnded(IOException end) {
        return end instanceof EOFException && pending.values().stream().allMatch(request -> request.type == DISCONNECT);
    }

    void close() throws IOException {
        client.close();
        server.close();
    }
}
