package org.hikae.fs.shared.model;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.shared.NewFile;
import org.hikae.fs.shared.testing.Rig;

/** One thing to do, made of a number: the same number does the same to files of the same numbers. */
public final class Step {

    private static final List<FileName> NAMES = List.of(
            Rig.name("a"),
            Rig.name("b"),
            Rig.name("Übergrößenträger"),
            Rig.name("\\xff\\xfe"),
            Rig.name("n".repeat(255)),
            Rig.name("日本語"));

    /** Something that is done to a file system. */
    @FunctionalInterface
    public interface Deed {
        Object on(Calls calls) throws IOException;
    }

    private final SplittableRandom random;
    private final Guide guide;
    private final int number;

    public Step(int number, Guide guide) {
        this.random = new SplittableRandom(number);
        this.guide = guide;
        this.number = number;
    }

    public Deed deed() {
        long directory = guide.directory(random);
        FileName name = name();
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> calls -> calls.create(directory, name, NewFile.regular(0644, 1, 2));
            case 3, 4 -> calls -> calls.create(directory, name, NewFile.directory(0750, 1, 2));
            case 5 -> create(directory, name);
            case 6 -> link(file(), directory, name);
            case 7 -> done(calls -> calls.unlink(directory, name));
            case 8 -> done(calls -> calls.removeDirectory(directory, name));
            case 9, 10 -> rename(directory, name);
            case 11 -> attribute(file());
            case 12 -> opening(file(), random.nextInt(3));
            case 13 -> resize(file(), random.nextLong(6L * Rig.BLOCK));
            default -> write(file(), random.nextLong(5), 1 + random.nextLong(4));
        };
    }

    private interface Silent {
        void on(Calls calls) throws IOException;
    }

    private static Deed done(Silent deed) {
        return calls -> {
            deed.on(calls);
            return null;
        };
    }

    private long file() {
        return guide.file(random);
    }

    private FileName name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private Deed create(long directory, FileName name) {
        return random.nextBoolean()
                ? calls -> calls.create(directory, name, NewFile.symlink(Rig.name("../target"), 1, 2))
                : calls -> calls.create(
                        directory, name, new NewFile(FileType.BLOCK_DEVICE, 0660, 0, 6, null, 259, 1 << 20));
    }

    private static Deed link(long inode, long directory, FileName name) {
        return done(calls -> calls.link(inode, directory, name));
    }

    private Deed rename(long directory, FileName name) {
        long to = guide.directory(random);
        FileName other = name();
        boolean replace = random.nextInt(3) > 0;
        return done(calls -> calls.rename(directory, name, to, other, replace));
    }

    private Deed attribute(long inode) {
        FileName name = name();
        byte[] value = random.nextBoolean() ? null : new byte[random.nextInt(300)];
        return random.nextBoolean()
                ? done(calls -> calls.mode(inode, number & 07777))
                : done(calls -> calls.attribute(inode, name, value));
    }

    private Deed opening(long inode, long opener) {
        return switch (random.nextInt(5)) {
            case 0, 1, 2 -> done(calls -> calls.open(inode, opener));
            case 3 -> done(calls -> calls.close(inode, opener));
            default -> done(calls -> calls.forget(opener));
        };
    }

    private static Deed resize(long inode, long size) {
        return done(calls -> calls.resize(inode, size));
    }

    private Deed write(long inode, long logical, long count) {
        return done(calls -> calls.write(inode, logical, count, number));
    }
}
