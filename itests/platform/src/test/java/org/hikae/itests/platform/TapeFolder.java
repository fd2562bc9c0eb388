package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that is a library of the driver {@code virtual}, and a shelf beside it: what people do to cartridges by hand, past the
 * platform.
 *
 * @param path of the library
 */
record TapeFolder(Path path) {

    private static final String SUFFIX = ".tap";

    /** All cartridges, wherever in the library they are, by their barcodes. */
    List<String> barcodes() throws IOException {
        return files().stream().map(TapeFolder::barcode).sorted().toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).toList();
        }
    }

    private static String barcode(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    /** The file that is a cartridge in the library. */
    Path file(String barcode) throws IOException {
        List<Path> found =
                files().stream().filter(file -> barcode(file).equals(barcode)).toList();
        assertThat(found).as("cartridge " + barcode + " among " + files()).hasSize(1);
        return found.get(0);
    }

    /** Whether a cartridge is in a drive. */
    boolean isInDrive(String barcode) throws IOException {
        return path.relativize(file(barcode)).startsWith("drives");
    }

    private Path shelf(String barcode) throws IOException {
        return Files.createDirectories(path.resolveSibling(path.getFileName() + ".shelf"))
                .resolve(barcode + SUFFIX);
    }

    /** Takes a cartridge out of the library, wherever it is. */
    void takeAway(String barcode) throws IOException {
        Files.move(file(barcode), shelf(barcode), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Puts a cartridge that was taken away into the station. */
    void putIntoStation(String barcode) throws IOException {
        Path station = Files.createDirectories(path.resolve("station"));
        Files.move(shelf(barcode), station.resolve(barcode + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Puts a cartridge made elsewhere into the station. */
    void putIntoStation(String barcode, byte[] content) throws IOException {
        Files.write(shelf(barcode), content);
        putIntoStation(barcode);
    }

    /** Each of two cartridges bears the other's barcode. */
    void swap(String one, String other) throws IOException {
        Path first = file(one);
        Path second = file(other);
        Path aside = shelf(one);
        Files.move(first, aside, StandardCopyOption.ATOMIC_MOVE);
        Files.move(second, first, StandardCopyOption.ATOMIC_MOVE);
        Files.move(aside, second, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Changes single bits of a cartridge; once more, and it is as it was.
     *
     * @param from percent of its length, as {@code to}
     * @param step bytes from one to the next
     */
    void damage(String barcode, int from, int to, int step) throws IOException {
        try (FileChannel channel = FileChannel.open(file(barcode), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = channel.size() * to / 100;
            for (long at = channel.size() * from / 100; at < end; at += step) {
                ByteBuffer single = ByteBuffer.allocate(1);
                channel.read(single, at);
                single.put(0, (byte) (single.get(0) ^ 1 << at % 8)).rewind();
                channel.write(single, at);
            }
        }
    }

    void writeProtect(String barcode, boolean on) throws IOException {
        Files.setPosixFilePermissions(file(barcode), PosixFilePermissions.fromString(on ? "r--r--r--" : "rw-r--r--"));
    }
}
