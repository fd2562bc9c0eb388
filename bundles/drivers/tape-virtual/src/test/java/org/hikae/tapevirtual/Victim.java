package org.hikae.tapevirtual;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.hikae.api.tape.spi.TapeLibrary.Element;
import org.hikae.api.tape.spi.TapeLibrary.Kind;
import org.hikae.api.tape.spi.TapeLibrary.Place;

/** A process that is killed while it writes to a tape, or moves cartridges. */
final class Victim {

    private Victim() {}

    /** Arguments: the library's folder, and a seed. */
    public static void main(String[] arguments) throws Exception {
        long seed = Long.parseLong(arguments[1]);
        VirtualLibrary library =
                new VirtualLibraryDriver().open(Path.of(arguments[0]).toString());
        if (library.inventory().stream().noneMatch(e -> e.place().equals(Rig.DRIVE) && e.isFull())) {
            library.move(Rig.SLOT, Rig.DRIVE);
        }
        Thread mover = new Thread(() -> move(library, new Random(seed)));
        mover.setDaemon(true);
        mover.start();
        write(library.drive(0), new Sequence(seed));
    }

    private static void write(VirtualDrive drive, Sequence sequence) throws Exception {
        drive.load();
        while (true) {
            byte[] object = sequence.next();
            if (object == null) {
                drive.writeFilemarks(1);
                System.out.println(drive.settled());
            } else {
                drive.write(List.of(ByteBuffer.wrap(object)));
            }
        }
    }

    private static void move(VirtualLibrary library, Random random) {
        try {
            while (true) {
                List<Element> elements = library.inventory();
                Place from = elements.get(random.nextInt(elements.size())).place();
                Place to = elements.get(random.nextInt(elements.size())).place();
                boolean full = elements.stream().anyMatch(e -> e.place().equals(from) && e.isFull());
                boolean free = elements.stream().anyMatch(e -> e.place().equals(to) && !e.isFull());
                if (full && free && from.kind() != Kind.DRIVE) {
                    library.move(from, to);
                }
            }
        } catch (Exception e) {
            e.printStackTrace(System.out);
            Runtime.getRuntime().halt(1);
        }
    }
}
