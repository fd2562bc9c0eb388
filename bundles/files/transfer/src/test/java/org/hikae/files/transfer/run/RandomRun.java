package org.hikae.files.transfer.run;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.files.transfer.run.RunItem.Attribute;
import org.hikae.files.transfer.run.RunItem.Content;
import org.hikae.files.transfer.run.RunItem.Data;
import org.hikae.files.transfer.run.RunItem.FileEnd;
import org.hikae.files.transfer.run.RunItem.FileItem;
import org.hikae.files.transfer.run.RunItem.FileVoid;
import org.hikae.files.transfer.run.RunItem.Follows;
import org.hikae.files.transfer.run.RunItem.Gone;
import org.hikae.files.transfer.run.RunItem.Nothing;
import org.hikae.files.transfer.run.RunItem.Same;
import org.hikae.files.transfer.run.RunItem.Start;
import org.hikae.files.transfer.run.RunItem.Times;

/** Makes items of a run up, as odd as they are allowed to be. */
final class RandomRun {
    private static final int MAX_PIECE = 300_000;

    private final Random random;
    private final List<RunItem> items = new ArrayList<>();
    final Start start;

    RandomRun(Random random, int files) {
        this.random = random;
        long number = 1 + random.nextInt(100);
        start = new Start(
                new UUID(random.nextLong(), random.nextLong()),
                "home",
                number,
                random.nextBoolean() ? 0 : random.nextLong(number),
                time());
        for (int i = 0; i < files; i++) {
            if (random.nextInt(5) == 0) {
                items.add(new Gone(path()));
            } else {
                file();
            }
        }
    }

    /** All but start and end. */
    List<RunItem> items() {
        return items;
    }

    private void file() {
        FileType type = FileType.values()[random.nextInt(FileType.values().length)];
        boolean regular = type == FileType.REGULAR || random.nextInt(3) > 0;
        FileItem file = file(regular ? FileType.REGULAR : type);
        items.add(file);
        if (file.content() instanceof Follows) {
            content(file.size());
            items.add(
                    random.nextInt(8) == 0
                            ? new FileVoid()
                            : new FileEnd(
                                    bytes(ContentHash.LENGTH), random.nextInt(4) == 0 ? "es änderte sich" : null));
        }
    }

    private FileItem file(FileType type) {
        boolean regular = type == FileType.REGULAR;
        boolean device = type == FileType.BLOCK_DEVICE || type == FileType.CHARACTER_DEVICE;
        return new FileItem(
                path(),
                type,
                random.nextInt(010000),
                random.nextLong(1L << 32),
                random.nextLong(1L << 32),
                random.nextBoolean() ? null : "Üser",
                random.nextBoolean() ? null : "group",
                new Times(time(), time(), random.nextBoolean() ? null : time(), random.nextBoolean() ? null : time()),
                regular ? size() : 0,
                type == FileType.SYMLINK ? FileName.of(bytes(1 + random.nextInt(300), 1)) : null,
                device ? random.nextLong() : 0,
                attributes(),
                type == FileType.DIRECTORY || random.nextBoolean() ? 0 : random.nextLong(),
                regular ? content() : new Nothing());
    }

    private Content content() {
        if (random.nextInt(4) > 0) {
            return new Follows();
        }
        boolean here = start.base() == 0 || random.nextBoolean();
        return new Same(here ? start.number() : 1 + random.nextLong(start.number() - 1), path());
    }

    private long size() {
        return switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> random.nextInt(10_000);
            case 2 -> 1 + random.nextLong(Long.MAX_VALUE);
            case 3 -> (1L << 31) + random.nextInt(100_000) - 50_000;
            default -> random.nextInt(4 << 20);
        };
    }

    private void content(long size) {
        long offset = 0;
        for (int pieces = random.nextInt(7); pieces > 0 && offset < size; pieces--) {
            if (random.nextInt(3) == 0) {
                offset += random.nextLong(size - offset);
            }
            int length = (int) Math.min(size - offset, 1 + random.nextInt(MAX_PIECE));
            items.add(new Data(offset, ByteBuffer.wrap(bytes(length))));
            offset += length;
        }
    }

    private List<Attribute> attributes() {
        List<Attribute> attributes = new ArrayList<>();
        for (int count = Math.max(0, random.nextInt(8) - 5); count > 0; count--) {
            int length = random.nextInt(20) == 0 ? 300_000 : random.nextInt(100);
            attributes.add(new Attribute(FileName.parse("user." + count), bytes(length)));
        }
        return attributes;
    }

    private FileName path() {
        StringBuilder path = new StringBuilder();
        for (int depth = 1 + random.nextInt(random.nextInt(50) == 0 ? 3000 : 5); depth > 0; depth--) {
            path.append("/n\\xff\\x0a").append((char) ('a' + random.nextInt(26)));
        }
        return FileName.parse(path.toString());
    }

    private Instant time() {
        return Instant.ofEpochSecond(random.nextLong(-62_000_000_000L, 99_000_000_000L), random.nextInt(1_000_000_000));
    }

    private byte[] bytes(int length) {
        return bytes(length, 0);
    }

    /** Some of them compress well, some do not. */
    private byte[] bytes(int length, int least) {
        byte[] bytes = new byte[length];
        if (random.nextBoolean()) {
            random.nextBytes(bytes);
        }
        for (int i = 0; least > 0 && i < length; i++) {
            bytes[i] = bytes[i] == 0 ? (byte) least : bytes[i];
        }
        return bytes;
    }
}
