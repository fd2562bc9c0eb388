package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.CachedRegion;
import org.hikae.api.disk.Disks;
import org.hikae.api.node.Nodes;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "cache", description = "What the nodes hold in their memory of the shared disks.")
final class CacheCommand extends Thing {

    CacheCommand(Call call) {
        super(call);
    }

    @Command(
            name = "list",
            description =
                    "Show the cache table: which node has which region of which file, whether it is dirty, that is,"
                            + " not written to the disk yet, and what its lease lets the node do.",
            footer = {"  cache list", "  cache list --disk data --node n1 --json"})
    void list(
            @Option(names = "--disk", paramLabel = "DISK", description = "Of this disk alone.") String disk,
            @Option(names = "--node", paramLabel = "NODE", description = "Of this node alone.") String node,
            @Mixin JsonOption json)
            throws IOException {
        if (disk != null) {
            Find.disk(call.service(Disks.class), disk);
        }
        if (node != null) {
            call.service(Nodes.class).get(node);
        }
        List<CachedRegion> regions = call.service(CacheControl.class).table(disk).stream()
                .filter(region -> node == null || region.node().equals(node))
                .toList();
        listing(CachedNames.of(call, regions)).print(call, json.on, regions, "nothing is cached");
    }

    private static Listing<CachedRegion> listing(CachedNames names) {
        return new Listing<CachedRegion>(region -> json(region, names.path(region.file())))
                .text("NODE", CachedRegion::node)
                .text("FILE", region -> names.show(region.file()))
                .number("OFFSET", region -> region.offset() < 0 ? null : Long.toString(region.offset()))
                .word("SIZE", CacheCommand::size)
                .word("DIRTY", region -> region.dirty() ? "yes" : "no")
                .word("LEASE", CacheCommand::word)
                .number("CACHED", region -> ByteCount.show(region.cachedBytes()))
                .number("NOT WRITTEN", region -> ByteCount.show(region.dirtyBytes()));
    }

    private static String size(CachedRegion region) {
        if (region.offset() < 0) {
            return "the file's size";
        }
        return region.size() == Long.MAX_VALUE ? "to the end" : Long.toString(region.size());
    }

    private static String word(CachedRegion region) {
        return region.mode().name().toLowerCase(Locale.ROOT);
    }

    private static Json json(CachedRegion region, String path) {
        boolean whole = region.file().file() == CachedFile.WHOLE_DISK;
        return new Json()
                .put("node", region.node())
                .put("disk", region.file().disk())
                .put("inode", whole ? null : region.file().file())
                .put("path", path)
                .known("offset", region.offset())
                .put("size", region.size() == Long.MAX_VALUE || region.offset() < 0 ? null : region.size())
                .put("dirty", region.dirty())
                .put("lease", word(region))
                .put("cachedBytes", region.cachedBytes())
                .put("dirtyBytes", region.dirtyBytes());
    }

    @Command(
            name = "status",
            description =
                    "Show what is cached and not written yet on all nodes, and how many messages between nodes and"
                            + " cache control there were since the start.",
            footer = "  cache status")
    void status(@Mixin JsonOption json) throws IOException {
        CacheStatus status = CacheStatus.of(call.service(CacheControl.class), call.service(Nodes.class));
        if (json.on) {
            call.print(status.json().node());
        } else {
            status.print(call);
        }
    }
}
