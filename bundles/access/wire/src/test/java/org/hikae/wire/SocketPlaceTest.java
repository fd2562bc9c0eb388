package org.hikae.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketPlaceTest {
    @TempDir
    Path temp;

    @Nested
    class InAHomeWithAShortPath {
        private SocketPlace place;

        @BeforeEach
        void home() {
            place = new SocketPlace(temp);
        }

        @Test
        void itIsInTheHome() throws IOException {
            assertThat(place.prepare()).isEqualTo(temp.resolve("socket"));
            assertThat(place.find()).isEqualTo(temp.resolve("socket"));
        }

        @Test
        void whatIsStaleIsReplaced() throws IOException {
            Files.writeString(temp.resolve("socket"), "stale");

            place.prepare();

            assertThat(temp.resolve("socket")).doesNotExist();
        }
    }

    @Nested
    class InAHomeWithALongPath {
        private Path home;
        private Path note;
        private Path temporary;
        private SocketPlace place;

        @BeforeEach
        void home() throws IOException {
            home = Files.createDirectories(temp.resolve("x".repeat(120)));
            note = home.resolve("socket.path");
            temporary = Files.createDirectory(temp.resolve("tmp"));
            place = new SocketPlace(home, "socket", temporary);
        }

        @Test
        void itIsInAPrivateFolderElsewhere() throws IOException {
            assertThat(place.find()).isNull();

            Path socket = place.prepare();

            assertThat(socket.getParent().getParent()).isEqualTo(temporary);
            assertThat(Ownership.isPrivateFolder(socket.getParent())).isTrue();
            assertThat(new SocketPlace(home, "socket", temporary).find()).isEqualTo(socket);
            assertThat(note).hasContent(socket.toString());
        }

        @Test
        void itIsTheSamePlaceAfterAKill() throws IOException {
            Path socket = place.prepare();
            Files.writeString(socket, "stale");

            assertThat(new SocketPlace(home, "socket", temporary).prepare()).isEqualTo(socket);
            assertThat(socket).doesNotExist();
        }

        @Test
        void nothingIsLeftInTheEnd() throws IOException {
            Files.writeString(place.prepare(), "socket");

            place.remove();

            assertThat(temporary).isEmptyDirectory();
            assertThat(home).isEmptyDirectory();
        }

        @Test
        void aFolderThatOthersCanEnterIsNotUsed() throws IOException {
            Path socket = place.prepare();
            Files.writeString(socket, "another's");
            Files.setPosixFilePermissions(socket.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));

            assertThat(place.find()).isNull();
            assertThat(place.prepare().getParent()).isNotEqualTo(socket.getParent());
            assertThat(socket).exists();
        }

        @Test
        void aLinkIsNotUsed() throws IOException {
            Path socket = place.prepare();
            Path moved = Files.move(socket.getParent(), temp.resolve("moved"));
            Files.createSymbolicLink(socket.getParent(), moved);

            assertThat(place.find()).isNull();
            assertThat(place.prepare()).isNotEqualTo(socket);
        }

        @Test
        void aNoteThatWasTamperedWithIsNotFollowed() throws IOException {
            Path precious = Files.writeString(temp.resolve("precious"), "x");
            for (String lie :
                    new String[] {"", "relative/socket", precious.toString(), "/socket", "\0", "/nowhere/socket"}) {
                Files.writeString(note, lie);

                assertThat(place.find()).as(lie).isNull();
                place.remove();
                assertThat(precious).exists();
            }
        }
    }
}
