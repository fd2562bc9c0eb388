package org.hikae.backup;

import java.io.IOException;
import java.util.Optional;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Disk;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.group.Groups;
import org.hikae.api.group.Meta;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.log.LogSession;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.MetaWriter;

/**
 * The content of a group's files (b.1), and meta information: of all files, which are the file system's own blocks, or of these
 * alone, which is written down (b.6). Never more than that: what cannot be told is refused.
 */
final class GroupScope implements Scope {

    private final Groups groups;
    private final GenerationGroup group;
    private final Disk disk;
    private final Progress progress;
    private final MemberCount members = new MemberCount();
    private String outdated;

    GroupScope(Groups groups, GenerationGroup group, Disk disk, Progress progress) {
        this.groups = groups;
        this.group = group;
        this.disk = disk;
        this.progress = progress;
    }

    @Override
    public GenerationGroup group() {
        return group;
    }

    @Override
    public BlockSet set(BlockDevice view, LogSession session, GenerationWriter writer) throws IOException {
        if (view == null) {
            throw new IOException(OfGroups.raw(group.name(), disk.name()));
        }
        progress.phase("finding the files of group " + group.name());
        try (view;
                FileSystem fileSystem = disk.openFileSystem(view)) {
            outdated = fileSystem.info().outdated();
            BlockSet blocks = blocks(fileSystem, session, writer);
            return Selection.inBlocksOf(disk, blocks, fileSystem.info().blockSize());
        } catch (IOException e) {
            progress.check();
            session.check();
            throw refused(e);
        }
    }

    /** Whoever asked for some files must not get the whole disk instead, which may be a thousand times as much. */
    private IOException refused(IOException e) {
        String reason = "the files of group '" + group.name() + "' cannot be told: " + Reason.of(e);
        return e instanceof FileSystemRefusedException
                ? new IOException(
                        reason + "; a backup of the whole disk '" + disk.name() + "' takes what is on it as it is", e)
                : new IOException(reason, e);
    }

    private BlockSet blocks(FileSystem fileSystem, LogSession session, GenerationWriter writer) throws IOException {
        if (group.meta() == Meta.ALL) {
            return select(fileSystem, session, Groups.Visitor.NONE).union(fileSystem.metadata());
        }
        MetaWriter meta = writer.openMeta();
        BlockSet content = select(fileSystem, session, (file, member) -> meta.add(file, fileSystem));
        if (!members.any()) {
            // On the way to nothing there is nothing, but every tree has a root.
            Optional<FileEntry> root = fileSystem.find("/");
            meta.add(root.orElseThrow(() -> new IOException("the file system has no root")), fileSystem);
        }
        return content;
    }

    private BlockSet select(FileSystem fileSystem, LogSession session, Groups.Visitor each) throws IOException {
        return groups.select(group.list(), fileSystem, (file, member) -> {
            session.check();
            progress.pass(session::check);
            if (member) {
                members.add(file);
            }
            each.visit(file, member);
        });
    }

    @Override
    public void addTo(BackupResult result) {
        result.members(members.files(), members.bytes());
        result.with("outdated", outdated);
        result.with(
                "groupWarning",
                members.any()
                        ? null
                        : "there is nothing on disk '" + disk.name() + "' that is in group '" + group.name()
                                + "': see 'group info " + group.name() + "'");
    }
}
