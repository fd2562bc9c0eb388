package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.cache.CacheControl.CacheTraffic;
import org.hikae.api.node.Node;
import org.hikae.api.node.NodeStatistics;
import org.hikae.api.node.Nodes;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Json;

/**
 * What the nodes' caches hold and save, and what it costs.
 *
 * @param regions number of entries of the cache table
 */
record CacheStatus(int regions, CacheTraffic traffic, List<NodeCache> nodes) {

    private static final Listing<NodeCache> NODES = new Listing<>(NodeCache::json)
            .text("NODE", NodeCache::node)
            .number("CACHED", cache -> ByteCount.show(cache.figures.cachedBytes()))
            .number("OF", cache -> ByteCount.show(cache.figures.cacheBytes()))
            .number("DIRTY", cache -> ByteCount.show(cache.figures.dirtyBytes()))
            .number("HITS", NodeCache::hits)
            .number("WRITTEN OUT", cache -> ByteCount.show(cache.figures.bytesWrittenOut()))
            .number("WAITS", cache -> Long.toString(cache.figures.waits()))
            .number("REQUESTS", cache -> Long.toString(cache.figures.requests()))
            .number("RECALLS", cache -> Long.toString(cache.figures.recalls()));

    /** The write cache of a node. */
    record NodeCache(String node, NodeStatistics figures) {

        /** How much of what was read came from the cache; null if nothing was read. */
        private String hits() {
            long read = figures.bytesRead();
            return read == 0 ? null : Math.round(100.0 * figures.bytesHit() / read) + "%";
        }

        private Json json() {
            return new Json()
                    .put("node", node)
                    .put("cacheBytes", figures.cacheBytes())
                    .put("cachedBytes", figures.cachedBytes())
                    .put("dirtyBytes", figures.dirtyBytes())
                    .put("bytesRead", figures.bytesRead())
                    .put("bytesHit", figures.bytesHit())
                    .put("bytesWritten", figures.bytesWritten())
                    .put("bytesWrittenOut", figures.bytesWrittenOut())
                    .put("waits", figures.waits())
                    .put("requests", figures.requests())
                    .put("recalls", figures.recalls());
        }
    }

    static CacheStatus of(CacheControl control, Nodes nodes) throws IOException {
        List<NodeCache> caches = nodes.list().stream()
                .map((Node node) -> new NodeCache(node.name(), node.statistics()))
                .toList();
        return new CacheStatus(control.table(null).size(), control.traffic(), caches);
    }

    void print(Call call) {
        NODES.print(call, false, nodes, "no node is up");
        call.say("");
        new Details()
                .put("regions in the cache table", Integer.toString(regions))
                .put("leases asked for", Long.toString(traffic.requests()))
                .put("leases called back", Long.toString(traffic.recalls()))
                .put("files given up", Long.toString(traffic.releases()))
                .print(call);
    }

    Json json() {
        return new Json()
                .put("regions", regions)
                .put("requests", traffic.requests())
                .put("recalls", traffic.recalls())
                .put("releases", traffic.releases())
                .put("nodes", NODES.json(nodes));
    }
}
