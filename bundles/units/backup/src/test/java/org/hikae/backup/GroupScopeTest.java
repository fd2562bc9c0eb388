package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.hikae.api.copy.CopyReport;
import org.hikae.api.disk.Disk;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.FileType;
import org.hikae.api.group.Group;
import org.hikae.api.group.Groups;
import org.hikae.api.group.Meta;
import org.hikae.api.job.Progress;
import org.hikae.api.log.LogSession;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.MetaWriter;
import org.junit.jupiter.api.Test;

/** What a backup of a group takes, and when it is refused (b.1, b.6). */
class GroupScopeTest {

    private static final int FS_BLOCK = 1024;

    private final FakeTree tree = new FakeTree()
            .directory("/", 1)
            .directory("/doc", 2)
            .file("/doc/a", 3, 5000)
            .add("/doc/b", 4, FileType.REGULAR, 0644, 100, 2)
            .add("/doc/c", 4, FileType.REGULAR, 0644, 100, 2)
            .symlink("/doc/l", 5, "a");
    private final List<String> noted = new ArrayList<>();
    private IOException broken;
    private IOException failed;
    private boolean raw;
    /** Of the members, in blocks of the file system. */
    private BlockSet content = BlockSet.range(10, 3);

    private interface Answers {
        Object to(String method, Object[] arguments) throws IOException;
    }

    private static <T> T fake(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.to(method.getName(), arguments)));
    }

    private final FileSystem fileSystem = fake(FileSystem.class, (method, arguments) -> switch (method) {
        case "info" ->
            new org.hikae.api.fs.FileSystemInfo(
                    "ext4", "", "", FS_BLOCK, 400, -1, List.of(), "", List.of(), tree.outdated);
        case "find" -> Optional.of(tree.files.get(0));
        case "metadata" -> BlockSet.range(0, 2);
        default -> null;
    });
    private final Disk disk = fake(Disk.class, (method, arguments) -> switch (method) {
        case "name" -> "data";
        case "size" -> 100L * 4096;
        case "blockSize" -> 4096;
        case "hasFileSystem" -> !raw;
        case "openFileSystem" -> open();
        default -> throw new UnsupportedOperationException(method);
    });
    private final Groups groups = fake(Groups.class, (method, arguments) -> {
        if (method.equals("get")) {
            return new Group("docs", "data", List.of("/doc"));
        }
        assertThat(arguments[0]).isEqualTo(List.of("/doc"));
        if (tree.files.size() == 1) {
            return content;
        }
        for (FileEntry file : tree.files) {
            ((Groups.Visitor) arguments[2]).visit(file, !file.path().equals("/"));
        }
        return content;
    });
    private final LogSession session = fake(LogSession.class, (method, arguments) -> {
        if (failed != null) {
            throw failed;
        }
        return null;
    });
    private final GenerationWriter writer = fake(GenerationWriter.class, (method, arguments) ->
            (MetaWriter) (file, source) -> noted.add(file.path() + (source == fileSystem)));

    private FileSystem open() throws IOException {
        if (broken != null) {
            throw broken;
        }
        return fileSystem;
    }

    private final BlockDevice view = fake(BlockDevice.class, (method, arguments) -> null);

    private GroupScope scope(Meta meta) {
        return new GroupScope(groups, new GenerationGroup("docs", meta, List.of("/doc")), disk, Progress.NONE);
    }

    private static Map<String, Object> told(Scope scope) {
        CopyReport none = new CopyReport(0, 0, 0, 0, 1, Map.of());
        BackupResult result = new BackupResult(BackupResultTest.INFO, none);
        scope.addTo(result);
        return result.values();
    }

    @Test
    void withTheMetaInformationOfAllTheFileSystemsOwnBlocksAreTaken() throws IOException {
        GroupScope scope = scope(Meta.ALL);
        assertThat(scope.set(view, session, writer))
                .isEqualTo(BlockSet.range(0, 1).union(BlockSet.range(2, 2)));
        assertThat(noted).isEmpty();
        assertThat(told(scope))
                .containsEntry("members", 2L)
                .containsEntry("contentBytes", 5100L)
                .doesNotContainKeys("groupWarning", "outdated");
    }

    @Test
    void thatOfTheGroupIsWrittenDown() throws IOException {
        GroupScope scope = scope(Meta.GROUP);
        tree.outdated = "fast commits are not replayed";
        assertThat(scope.set(view, session, writer)).isEqualTo(BlockSet.range(2, 2));
        assertThat(noted).containsExactly("/true", "/doctrue", "/doc/atrue", "/doc/btrue", "/doc/ctrue", "/doc/ltrue");
        assertThat(told(scope)).containsEntry("outdated", tree.outdated);
    }

    @Test
    void aGroupThatHasNothingIsSaidToHaveNothing() throws IOException {
        content = BlockSet.empty();
        tree.files.removeIf(file -> !file.path().equals("/"));
        GroupScope scope = scope(Meta.GROUP);
        assertThat(scope.set(view, session, writer)).isEqualTo(BlockSet.empty());
        assertThat(noted).containsExactly("/true");
        assertThat((String) told(scope).get("groupWarning")).contains("nothing on disk 'data' that is in group 'docs'");
    }

    /** Never all blocks instead. */
    @Test
    void whatCannotBeToldIsRefused() {
        broken = new FileSystemRefusedException("superblock", 0, "its checksum does not match");
        assertThatThrownBy(() -> scope(Meta.ALL).set(view, session, writer))
                .hasMessage(
                        "the files of group 'docs' cannot be told: superblock (block 0): its checksum does not match;"
                                + " a backup of the whole disk 'data' takes what is on it as it is");
        broken = new IOException("Input/output error");
        assertThatThrownBy(() -> scope(Meta.GROUP).set(view, session, writer))
                .hasMessage("the files of group 'docs' cannot be told: Input/output error");
        assertThatThrownBy(() -> scope(Meta.GROUP).set(null, session, writer))
                .hasMessageContaining("disk 'data' is raw");
    }

    @Test
    void aSessionThatHasFailedEndsTheLook() {
        failed = new IOException("node n2 was lost");
        assertThatThrownBy(() -> scope(Meta.GROUP).set(view, session, writer)).isSameAs(failed);
        assertThat(noted).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidAtOnce() throws IOException {
        OfGroups known = new OfGroups(groups);
        known.check("docs", disk);
        BackupRequest.OfGroup docs = new BackupRequest.OfGroup("docs", Meta.ALL);
        assertThat(known.now(docs, disk)).isEqualTo(new GenerationGroup("docs", Meta.ALL, List.of("/doc")));
        raw = true;
        assertThatThrownBy(() -> known.check("docs", disk)).hasMessageContaining("disk 'data' is raw");
        Disk other = fake(Disk.class, (method, arguments) -> "other");
        String reason = "group 'docs' is one of disk 'data', not of 'other'; see 'group list'";
        assertThatThrownBy(() -> known.check("docs", other)).hasMessage(reason);
        assertThatThrownBy(() -> known.now(docs, other))
                .as("it may have become another's since")
                .hasMessage(reason);
    }
}
