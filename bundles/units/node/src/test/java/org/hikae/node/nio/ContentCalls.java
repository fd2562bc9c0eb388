package org.hikae.node.nio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Calls about content. */
final class ContentCalls {

    private static final int LONGEST = 10_000;

    private ContentCalls() {}

    static Map<String, Subject.Call> all() {
        Map<String, Subject.Call> calls = new TreeMap<>();
        calls.put("createFile", (s, r) -> Files.createFile(s.path(r)));
        calls.put("write", (s, r) -> Files.write(s.path(r), bytes(r)));
        calls.put("writeWith", (s, r) -> {
            OpenOption[] options = options(r);
            return Files.write(s.path(r), bytes(r), options);
        });
        calls.put("read", ContentCalls::read);
        calls.put("mismatch", ContentCalls::mismatch);
        calls.put("size", (s, r) -> {
            Path path = s.path(r);
            return Files.isDirectory(path) ? "directory" : Files.size(path);
        });
        calls.put("outputStream", ContentCalls::outputStream);
        calls.put("open", ContentCalls::open);
        calls.put("open2", ContentCalls::open);
        calls.put("close", (s, r) -> {
            if (s.channels.isEmpty()) {
                return "none";
            }
            s.channels.remove(r.nextInt(s.channels.size())).close();
            return "closed";
        });
        for (int i = 0; i < 12; i++) {
            calls.put("channel" + i, ContentCalls::channel);
        }
        return calls;
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(LONGEST) : random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static OpenOption[] options(Random random) {
        Set<OpenOption> options = new HashSet<>();
        StandardOpenOption[] all = StandardOpenOption.values();
        for (int count = random.nextInt(4); count > 0; count--) {
            options.add(all[random.nextInt(all.length)]);
        }
        if (random.nextInt(2) == 0 || options.contains(StandardOpenOption.CREATE_NEW)) {
            options.add(StandardOpenOption.WRITE); // without it CREATE_NEW makes the platform forget NOFOLLOW_LINKS
        }
        if (random.nextInt(4) == 0) {
            options.add(LinkOption.NOFOLLOW_LINKS);
        }
        return options.toArray(new OpenOption[0]);
    }

    private static Object read(Subject subject, Random random) throws IOException {
        Path path = subject.path(random);
        if (Files.isDirectory(path)) {
            return "directory"; // ours refuses to open it, the platform to read it
        }
        try (InputStream in = Files.newInputStream(path)) {
            return Arrays.hashCode(in.readAllBytes()) + " " + in.read();
        }
    }

    private static Object mismatch(Subject subject, Random random) throws IOException {
        Path one = subject.path(random);
        Path other = subject.path(random);
        return Files.isDirectory(one) || Files.isDirectory(other) ? "directory" : Files.mismatch(one, other);
    }

    private static Object outputStream(Subject subject, Random random) throws IOException {
        try (OutputStream out =
                Files.newOutputStream(subject.path(random), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(bytes(random));
            out.write(7);
        }
        return "written";
    }

    private static Object open(Subject subject, Random random) throws IOException {
        OpenOption[] options = options(random);
        Path path = subject.path(random);
        if (Files.isDirectory(path)) {
            return "directory";
        }
        FileChannel channel = FileChannel.open(path, options);
        subject.channels.add(channel);
        return channel.position() + " of " + channel.size();
    }

    private static Object channel(Subject subject, Random random) throws IOException {
        if (subject.channels.isEmpty()) {
            return "none";
        }
        FileChannel channel = subject.channels.get(random.nextInt(subject.channels.size()));
        if (random.nextInt(30) == 0) {
            channel.close(); // whoever uses it from now on hears of it
        }
        Object result = onChannel(subject, channel, random);
        return result + " at " + channel.position() + " of " + channel.size();
    }

    private static Object onChannel(Subject subject, FileChannel channel, Random random) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(random.nextInt(3) == 0 ? random.nextInt(LONGEST) : random.nextInt(10));
        long at = random.nextInt(LONGEST) - random.nextInt(5) / 4L * LONGEST;
        FileChannel other = subject.channels.get(random.nextInt(subject.channels.size()));
        return switch (random.nextInt(14)) {
            case 0 -> channel.read(buffer) + " " + hash(buffer);
            case 1 -> channel.read(buffer, at) + " " + hash(buffer);
            case 2 -> channel.write(ByteBuffer.wrap(bytes(random)));
            case 3 -> channel.write(ByteBuffer.wrap(bytes(random)), at);
            case 4 -> channel.position(at).position();
            case 5 -> channel.truncate(at).size();
            case 6 -> force(channel, random.nextBoolean());
            case 7 -> channel.write(buffers(random), 1, 2);
            case 8 -> channel.read(new ByteBuffer[] {buffer, ByteBuffer.allocate(5), ByteBuffer.allocate(9)});
            case 9 ->
                channel.transferFrom(Channels.newChannel(new java.io.ByteArrayInputStream(bytes(random))), at, 100);
            case 10 -> {
                var out = new java.io.ByteArrayOutputStream();
                yield channel.transferTo(at, random.nextInt(LONGEST), Channels.newChannel(out)) + " "
                        + Arrays.hashCode(out.toByteArray());
            }
            case 11 -> other == channel ? "itself" : channel.transferTo(at, random.nextInt(1000), other);
            case 12 -> lock(channel, random);
            default -> channel.position(channel.size()).position();
        };
    }

    private static int hash(ByteBuffer buffer) {
        return buffer.flip().hashCode();
    }

    private static Object force(FileChannel channel, boolean metadata) throws IOException {
        channel.force(metadata);
        return "forced";
    }

    private static Object lock(FileChannel channel, Random random) throws IOException {
        boolean shared = random.nextBoolean();
        try (var lock = channel.tryLock(random.nextInt(10), 1 + random.nextInt(10), shared)) {
            return lock.isShared() + " " + lock.isValid() + " " + lock.position() + " " + lock.overlaps(5, 5);
        }
    }

    private static ByteBuffer[] buffers(Random random) {
        return new ByteBuffer[] {null, ByteBuffer.wrap(bytes(random)), ByteBuffer.wrap(bytes(random)), null};
    }
}
