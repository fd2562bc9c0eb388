package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import org.hikae.api.backup.RestoreRequest;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Generations;
import org.hikae.api.node.Node;
import org.hikae.api.node.Nodes;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.ByteRate;
import org.hikae.shell.text.Times;

/** What the options of a restore say of its target: a file or a disk. */
record RestoreTarget(String file, boolean overwrite, String disk, String node, boolean force) {

    /** @param mark null: all of the generation */
    RestoreRequest request(Call call, String generation, String mark, ByteRate rate) throws IOException {
        if ((file == null) == (disk == null)) {
            throw new UsageException("give either --to PATH or --to-disk DISK");
        } else if (file != null && (node != null || force)) {
            throw new UsageException("--node and --force go with --to-disk only");
        } else if (disk != null && overwrite) {
            throw new UsageException("--overwrite goes with --to only; a disk needs --force");
        }
        RestoreRequest.Target target =
                file == null ? toDisk(call, generation) : new RestoreRequest.ToFile(call.path(file), overwrite);
        return new RestoreRequest(generation, target, mark, rate == null ? 0 : rate.bytesPerSecond());
    }

    private RestoreRequest.Target toDisk(Call call, String id) throws IOException {
        DiskStatus target = Find.disk(call.service(Disks.class), disk);
        GenerationInfo generation = call.service(Generations.class).get(id);
        if (!force) {
            String what = generation.group() == null
                    ? "this overwrites disk "
                    : "this replaces the files of group " + generation.groupName() + " on disk ";
            throw new UsageException(what + target.name() + " (" + target.path() + ", "
                    + ByteCount.show(target.size()) + ") with " + id + " of "
                    + Times.show(generation.instant(), call.caller().zone()) + "; if that is meant, add --force");
        }
        return new RestoreRequest.ToDisk(disk, node == null ? firstNode(call) : node);
    }

    static String firstNode(Call call) throws IOException {
        List<Node> nodes = call.service(Nodes.class).list();
        if (nodes.isEmpty()) {
            throw new IOException("there is no node that could write; see 'node add --help'");
        }
        return nodes.get(0).name();
    }
}
