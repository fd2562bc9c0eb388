package org.hikae.fs.shared;

import java.io.IOException;
import java.util.List;
import org.hikae.api.shared.CheckReport;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.fs.shared.check.Check;
import org.hikae.fs.shared.store.MetadataStore;
import org.hikae.fs.shared.store.Superblock;
import org.hikae.fs.shared.table.FreeTable;
import org.hikae.fs.shared.testing.FirstFit;
import org.hikae.fs.shared.testing.MemoryStore;
import org.hikae.fs.shared.testing.Rig;

/** Makes and mounts file systems over any tables. */
public final class VolumeMaker {

    private VolumeMaker() {}

    /** New tables of a file system with so many blocks for data. */
    public static MemoryStore formatted(long blocks) throws IOException {
        MemoryStore store = new MemoryStore(true);
        format(store, Rig.superblock(blocks));
        return store;
    }

    public static void format(MetadataStore store, Superblock superblock) throws IOException {
        store.change(tables -> {
            Layout.begin(tables, superblock.data(), Rig.OPTIONS, Rig.NOW);
            return null;
        });
        store.commit();
    }

    public static SharedFileSystem mount(MetadataStore store, long blocks) throws IOException {
        Superblock superblock = Rig.superblock(blocks);
        return MountedFileSystem.of(superblock, Layout.info(superblock, ""), store, FirstFit::new, Rig.CLOCK);
    }

    /** As if another one used it at the same time: what is to be finished is left to be. */
    static SharedFileSystem mountAsItIs(MetadataStore store, long blocks) throws IOException {
        Superblock superblock = Rig.superblock(blocks);
        FirstFit free = new FirstFit(store.read(new FreeTable(superblock.data())::all));
        return new MountedFileSystem(new Volume(superblock, store, free, Rig.CLOCK), Layout.info(superblock, ""));
    }

    static CheckReport check(MetadataStore store, long blocks) throws IOException {
        return store.read(view -> new Check(Rig.superblock(blocks), view).run(List.of()));
    }
}
