package org.hikae.example.driver;

import java.io.*;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.*;
import java.util.*;
import org.hikae.api.media.spi.*;

/** A medium is a folder, and an object is a file in it, whose name begins with a dot until the object is committed. */
@org.osgi.service.component.annotations.Component(property = MediumDriver.NAME + "=example")
public final class ExampleDriver implements MediumDriver {
    @Override
    public Medium open(String location) throws IOException {
        return new Folder(Path.of(location), FileChannel.open(Path.of(location)));
    }

    private record Folder(Path path, FileChannel channel) implements Medium {
        @Override
        public List<MediumObject> list(String prefix) throws IOException {
            SortedSet<MediumObject> objects = new TreeSet<>(Comparator.comparing(MediumObject::name));
            try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "[!.]*")) {
                for (Path file : files) {
                    objects.add(new MediumObject(file.getFileName().toString().replace('+', '/'), Files.size(file)));
                }
            }
            return List.copyOf(objects.subSet(new MediumObject(prefix, 0), new MediumObject(prefix + '~', 0)));
        }

        @Override
        public ObjectWriter create(String name) throws IOException {
            Path file = path.resolve("." + name.replace('/', '+'));
            return new ObjectFile(this, file, new FileOutputStream(file.toFile()).getChannel());
        }

        @Override
        public ObjectReader open(String name) throws IOException {
            Path file = path.resolve(name.replace('/', '+'));
            return new ObjectFile(this, file, FileChannel.open(file));
        }

        @Override
        public void delete(String name) throws IOException {
            Files.deleteIfExists(path.resolve(name.replace('/', '+')));
            channel.force(true);
        }

        @Override
        public void discardUncommitted() throws IOException {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(path, ".*")) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private record ObjectFile(Folder folder, Path file, FileChannel channel) implements ObjectReader, ObjectWriter {
        @Override
        public long length() {
            return file.toFile().length();
        }

        @Override
        public void read(ByteBuffer dst, long position) throws IOException {
            for (long start = position - dst.position(); dst.hasRemaining(); ) {
                if (channel.read(dst, start + dst.position()) < 0) {
                    throw new EOFException(file + " has only " + length() + " bytes");
                }
            }
        }

        @Override
        public void write(ByteBuffer src) throws IOException {
            channel.write(src);
        }

        @Override
        public void commit() throws IOException {
            channel.force(true);
            Path committed = file.resolveSibling(file.getFileName().toString().substring(1));
            Files.move(file, committed, StandardCopyOption.ATOMIC_MOVE);
            folder.channel.force(true);
        }

        @Override
        public void close() throws IOException {
            channel.close();
            if (file.getFileName().toString().startsWith(".")) {
                Files.deleteIfExists(file);
            }
        }
    }
}
