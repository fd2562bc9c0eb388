package org.hikae.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.hikae.api.media.Media;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryLogFoldersTest {

    @TempDir
    Path folder;

    private TemporaryLogFolders folders;
    private Map<String, Path> others;

    @BeforeEach
    void setUp() throws IOException {
        folders = new TemporaryLogFolders(folder.resolve("home/log"));
        others = Map.of("node 'n1'", folders.of("n1", null), "node 'n2'", folder.resolve("fast/n2"));
        Files.createDirectories(folder.resolve("fast"));
    }

    /** One medium, in the folder {@code medium}. */
    private Media media() {
        Path medium = folder.resolve("medium");
        return (Media) Proxy.newProxyInstance(
                Media.class.getClassLoader(), new Class<?>[] {Media.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("around");
                    boolean within = ((Path) arguments[0]).startsWith(medium.toRealPath());
                    return within ? Optional.of("m") : Optional.empty();
                });
    }

    private AbstractThrowableAssert<?, ?> assertRefused(Path chosen) {
        return assertThatThrownBy(() -> folders.checkNew("n3", chosen, others, null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(chosen.toString());
    }

    @Test
    void aNodeOfItsOwnFolderIsWelcome() throws IOException {
        Files.createDirectory(folder.resolve("medium"));
        assertThatCode(() -> {
                    folders.checkNew("n3", null, others, media());
                    folders.checkNew("n3", folder.resolve("fast/n3"), others, media());
                    folders.checkNew("n3", folder.resolve("fast/n22"), others, null);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void aRelativePathIsRefused() {
        assertRefused(Path.of("fast/n3")).hasMessageContaining("give its whole path");
    }

    @Test
    void anotherNodesFolderIsRefused() throws IOException {
        assertRefused(folder.resolve("fast/n2"))
                .hasMessageContaining("where node 'n2' has its temporary log")
                .hasMessageContaining("choose another folder");
        assertRefused(folder.resolve("fast/n2/deeper"));
        assertRefused(folder.resolve("fast"));
        assertRefused(folder.resolve("fast/x/../n2"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("fast"));
        assertRefused(folder.resolve("link/n2"));
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertRefused(file).hasMessageContaining("is a file").hasMessageContaining("choose another folder");
        assertRefused(file.resolve("n3")).hasMessageContaining(file + " is a file");
    }

    @Test
    void whatNodesHaveWithoutAskingIsTheirs() {
        assertRefused(folders.of("n1", null)).hasMessageContaining("node 'n1'");
        assertRefused(folders.manager()).hasMessageContaining("the manager");
        assertRefused(folder.resolve("home"));
        Map<String, Path> squatter = Map.of("node 'n1'", folders.of("n3", null));
        assertThatThrownBy(() -> folders.checkNew("n3", null, squatter, null)).hasMessageContaining("node 'n1'");
    }

    @Test
    void aFolderInAMediumIsRefused() throws IOException {
        Files.createDirectory(folder.resolve("medium"));
        assertThatThrownBy(() -> folders.checkNew("n3", folder.resolve("medium/log"), others, media()))
                .hasMessageContaining("lies in medium 'm'")
                .hasMessageContaining("choose another folder");
    }
}
