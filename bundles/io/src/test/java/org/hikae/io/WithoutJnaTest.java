package org.hikae.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.hikae.api.block.BlockDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithoutJnaTest {

    @TempDir
    Path folder;

    @Test
    void aFileHasNoHolesThen() throws Exception {
        Path file = folder.resolve("f");
        try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(1 << 20);
        }
        URL classes = FileDevice.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader = new NoJna(classes)) {
            Class<?> type = loader.loadClass(FileDevice.class.getName());
            assertThat(type).isNotSameAs(FileDevice.class);
            Class<?> modes = loader.loadClass(FileDevice.Mode.class.getName());
            try (BlockDevice device = (BlockDevice) type.getMethod("open", Path.class, int.class, modes)
                    .invoke(null, file, 4096, modes.getEnumConstants()[0])) {
                assertThat(device.nextData(5)).isEqualTo(5);
                assertThat(device.nextHole(5)).isEqualTo(1 << 20);
                device.write(ByteBuffer.wrap(new byte[] {1}), 77);
                device.zero(70, 1000);
                ByteBuffer read = ByteBuffer.allocate(1);
                device.read(read, 77);
                assertThat(read.get(0)).isZero();
            }
        }
    }

    /** Loads our classes anew, and finds no JNA. */
    private static final class NoJna extends URLClassLoader {

        NoJna(URL classes) {
            super(new URL[] {classes}, FileDevice.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.sun.jna")) {
                throw new ClassNotFoundException(name);
            }
            if (name.startsWith("org.hikae.io.")) {
                synchronized (getClassLoadingLock(name)) {
                    Class<?> loaded = findLoadedClass(name);
                    return loaded != null ? loaded : findClass(name);
                }
            }
            return super.loadClass(name, resolve);
        }
    }
}
