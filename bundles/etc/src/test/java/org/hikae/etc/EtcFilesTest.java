package org.hikae.etc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hikae.api.config.BrokenFile;
import org.hikae.etc.EtcFiles.Change;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcFilesTest {
    private static final String PID = "org.hikae.disk~data";

    @TempDir
    Path temp;

    private Path etc;

    @BeforeEach
    void folder() {
        etc = temp.resolve("etc");
    }

    private EtcFiles open() throws IOException {
        return new EtcFiles(etc, new FileNames(StandardCharsets.UTF_8));
    }

    private Path file(String pid) {
        return etc.resolve(pid + ".config");
    }

    private void write(String pid, String text) throws IOException {
        Files.createDirectories(etc);
        Path next = Files.writeString(etc.resolve("editor"), text);
        Files.move(next, file(pid), StandardCopyOption.REPLACE_EXISTING);
    }

    private static SortedMap<String, Object> properties(String pid, Map<String, Object> more) {
        SortedMap<String, Object> properties = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        properties.putAll(more);
        properties.put("service.pid", pid);
        if (pid.contains("~")) {
            properties.put("service.factoryPid", pid.substring(0, pid.indexOf('~')));
        }
        properties.put("service.bundleLocation", "?");
        return properties;
    }

    @Nested
    class Writing {

        @Test
        void aFileHasJustWhatItsNameDoesNotSay() throws IOException {
            SortedMap<String, Object> properties = properties(PID, Map.of("path", "/srv/é.img", "blockSize", 4096));
            properties.put(":org.apache.felix.configadmin.revision:", 3L);

            open().put(PID, properties);

            assertThat(file(PID)).hasContent("blockSize=I\"4096\"\npath=\"/srv/é.img\"\n");
            properties.remove(":org.apache.felix.configadmin.revision:");
            assertThat(open().get(PID)).contains(properties);
            assertThat(etc).isDirectoryNotContaining(path -> !path.equals(file(PID)));
        }

        @Test
        void whatTheNameDoesNotSayIsKept() throws IOException {
            SortedMap<String, Object> generated = properties("org.hikae.disk.0815", Map.of("a", 1));
            generated.put("service.factoryPid", "org.hikae.disk");
            SortedMap<String, Object> singleton = properties("with~tilde", Map.of("b", 2));
            singleton.remove("service.factoryPid");
            SortedMap<String, Object> bound = properties("bound", Map.of("c", 3));
            bound.put("service.bundleLocation", "file:/x.jar");

            EtcFiles files = open();
            files.put("org.hikae.disk.0815", generated);
            files.put("with~tilde", singleton);
            files.put("bound", bound);

            assertThat(open().all()).containsExactlyInAnyOrder(generated, singleton, bound);
        }

        @Test
        void anUnchangedFileKeepsItsComments() throws IOException {
            write(PID, "# mine\npath = \"/x\"\n");
            EtcFiles files = open();

            files.put(PID, properties(PID, Map.of("path", "/x")));

            assertThat(file(PID)).hasContent("# mine\npath = \"/x\"\n");
        }

        @Test
        void aKillBeforeTheRenameLeavesTheOldFile() throws IOException {
            open().put(PID, properties(PID, Map.of("path", "/old")));
            Files.writeString(etc.resolve(PID + ".config.next"), "path=\"/ne");

            EtcFiles files = open();

            assertThat(files.all()).containsExactly(properties(PID, Map.of("path", "/old")));
            files.put(PID, properties(PID, Map.of("path", "/new")));
            assertThat(open().all()).containsExactly(properties(PID, Map.of("path", "/new")));
        }

        @Test
        void removedIsGoneForGood() throws IOException {
            EtcFiles files = open();
            files.put(PID, properties(PID, Map.of()));

            files.remove(PID);
            files.remove("never.there");

            assertThat(files.get(PID)).isEmpty();
            assertThat(open().all()).isEmpty();
        }

        @Test
        void aTypeThatConfigurationsDoNotHaveIsRefused() throws IOException {
            EtcFiles files = open();

            assertThatThrownBy(() -> files.put(PID, properties(PID, Map.of("when", FileTime.fromMillis(0)))))
                    .hasMessageContaining("when is of the type java.nio.file.attribute.FileTime");
            assertThatThrownBy(() -> files.put(PID, properties(PID, Map.of("mixed", List.of("a", 1)))))
                    .hasMessageContaining("mixed are not all there and of one type");
            assertThat(files.get(PID)).isEmpty();
        }

        @Test
        void aFileThatWasJustEditedIsNotWrittenOver() throws IOException {
            EtcFiles files = open();
            files.put(PID, properties(PID, Map.of("path", "/x")));
            write(PID, "path=\"/edited\"");
            write("other", "a=\"b\"");

            assertThatThrownBy(() -> files.put(PID, properties(PID, Map.of("path", "/y"))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file(PID) + " has just been edited");
            assertThatThrownBy(() -> files.put("other", properties("other", Map.of())))
                    .hasMessageContaining("just been edited");
            assertThatThrownBy(() -> files.remove(PID)).hasMessageContaining("just been edited");
            assertThat(file(PID)).hasContent("path=\"/edited\"");
        }
    }

    @Nested
    class BrokenFiles {

        @Test
        void areSkippedAndNeverTouched() throws IOException {
            write(PID, "path=\"/x");
            write("good", "a=\"b\"");
            EtcFiles files = open();

            assertThat(files.all()).containsExactly(properties("good", Map.of("a", "b")));
            assertThat(files.get(PID)).isEmpty();
            assertThatThrownBy(() -> files.put(PID, properties(PID, Map.of("path", "/y"))))
                    .hasMessageContaining(file(PID) + " is broken (line 1: a text has no closing quote)");
            assertThatThrownBy(() -> files.remove(PID)).hasMessageContaining("is broken");
            assertThat(file(PID)).hasContent("path=\"/x");
        }

        @Test
        void canBeOfAnyKind() throws IOException {
            Files.createDirectories(etc);
            Files.write(file("latin1"), new byte[] {'a', '=', '"', (byte) 0xe9, '"'});
            Files.write(file("huge"), new byte[(1 << 20) + 1]);
            write("lies", "service.pid=\"other\"");
            write("number", "service.factoryPid=I\"1\"");
            write("50%", "a=\"b\"");
            Files.createDirectory(file("folder"));
            Files.createSymbolicLink(file("dangling"), etc.resolve("nowhere"));

            Files.createFile(file("empty"));

            EtcFiles files = open();
            assertThat(files.all()).isEmpty();
            assertThat(files.broken())
                    .extracting(broken -> broken.file().getFileName() + ": " + broken.problem())
                    .containsExactly(
                            "50%.config: % in its name must be followed by two hexadecimal digits",
                            "empty.config: it is empty",
                            "folder.config: it is a folder",
                            "huge.config: it is larger than a configuration can be",
                            "latin1.config: line 1: it is not in UTF-8",
                            "lies.config: it says that its PID is other, but its name says lies; remove the line"
                                    + " service.pid",
                            "number.config: service.factoryPid must be a text");
        }

        @Test
        void areNamedWithTheLineUntilTheyAreRepaired() throws IOException {
            write(PID, "a=\"b\"\nc=\"");
            EtcFiles files = open();
            assertThat(files.broken())
                    .containsExactly(new BrokenFile(file(PID), PID, "line 2: a text has no closing quote"));
            assertThat(files.broken().get(0).isOf("org.hikae.disk")).isTrue();
            assertThat(files.broken().get(0).isOf("org.hikae.dis")).isFalse();
            write(PID, "a=\"b\"");
            files.refresh();
            files.refresh();
            assertThat(files.broken()).isEmpty();
            Files.createDirectory(file("other"));
            files.refresh();
            files.refresh();
            assertThatThrownBy(() -> files.put("other", properties("other", Map.of("a", "b"))))
                    .hasMessageContaining(file("other") + " is broken (it is a folder)");
        }

        @Test
        void theFirstOfTwoForOnePidCounts() throws IOException {
            write("a b", "which=\"plain\"");
            write("a%20b", "which=\"encoded\"");

            assertThat(open().all()).containsExactly(properties("a b", Map.of("which", "plain")));
        }
    }

    @Nested
    class Watching {

        @Test
        void anEditCountsOnceItHasSettled() throws IOException {
            EtcFiles files = open();
            assertThat(files.refresh()).isEmpty();

            write(PID, "path=\"/x\"");
            assertThat(files.refresh()).isEmpty();
            write(PID, "path=\"/longer\"");
            assertThat(files.refresh()).isEmpty();
            assertThat(files.refresh()).containsExactly(new Change(PID, properties(PID, Map.of("path", "/longer"))));
            assertThat(files.refresh()).isEmpty();
            assertThat(files.get(PID)).contains(properties(PID, Map.of("path", "/longer")));
        }

        @Test
        void whatWeWriteIsNoEdit() throws IOException {
            EtcFiles files = open();
            files.put(PID, properties(PID, Map.of("path", "/x")));

            assertThat(files.refresh()).isEmpty();
            assertThat(files.refresh()).isEmpty();
        }

        @Test
        void aRemovedFileIsAChangeToo() throws IOException {
            write(PID, "path=\"/x\"");
            EtcFiles files = open();
            Files.delete(file(PID));

            assertThat(files.refresh()).containsExactly(new Change(PID, null));
            assertThat(files.refresh()).isEmpty();
        }

        @Test
        void aFileThatBreaksChangesNothingUntilItIsRepaired() throws IOException {
            write(PID, "path=\"/x\"");
            EtcFiles files = open();

            write(PID, "path=");
            assertThat(files.refresh()).isEmpty();
            assertThat(files.refresh()).isEmpty();
            assertThatThrownBy(() -> files.remove(PID)).hasMessageContaining("is broken");

            write(PID, "path=\"/repaired\"");
            assertThat(files.refresh()).isEmpty();
            assertThat(files.refresh()).containsExactly(new Change(PID, properties(PID, Map.of("path", "/repaired"))));
        }
    }
}
