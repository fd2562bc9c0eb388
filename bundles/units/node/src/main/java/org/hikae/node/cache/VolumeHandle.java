package org.hikae.node.cache;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.shared.AttributeChange;
import org.hikae.io.FirstFailure;
import org.hikae.node.volume.FileContent;
import org.hikae.node.volume.NodeVolume;

/** One user's hold on a volume. Thread-safe. */
public final class VolumeHandle implements NodeVolume {

    private final String node;
    private final String disk;
    private final FileVolume volume;
    private final FirstFailure.Attempt release;
    /** Content that is open; null after the end. Guarded by this. */
    private Set<FileContent> open = new HashSet<>();

    /** @param release what closing the handle does at last */
    public VolumeHandle(String node, String disk, FileVolume volume, FirstFailure.Attempt release) {
        this.node = node;
        this.disk = disk;
        this.volume = volume;
        this.release = release;
    }

    private synchronized FileVolume volume() throws ClosedChannelException {
        if (open == null) {
            throw new ClosedChannelException();
        }
        return volume;
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public String disk() {
        return disk;
    }

    @Override
    public <T> T ask(Call<T> call) throws IOException {
        return volume().ask(call);
    }

    @Override
    public <T> T mutate(Call<T> call) throws IOException {
        return volume().mutate(call);
    }

    @Override
    public FileAttributes attributes(long inode) throws IOException {
        return volume().attributes(inode);
    }

    @Override
    public FileAttributes change(long inode, AttributeChange change) throws IOException {
        return volume().change(inode, change);
    }

    @Override
    public FileContent open(long inode) throws IOException {
        FileContent content = volume().open(inode, this::remove);
        if (!add(content)) {
            content.close();
            throw new ClosedChannelException();
        }
        return content;
    }

    private synchronized boolean add(FileContent content) {
        return open != null && open.add(content);
    }

    private synchronized void remove(FileContent content) {
        if (open != null) {
            open.remove(content);
        }
    }

    @Override
    public void force() throws IOException {
        volume().force();
    }

    @Override
    public void close() throws IOException {
        List<FileContent> left = end();
        if (left == null) {
            return;
        }
        FirstFailure failures = new FirstFailure();
        left.forEach(content -> failures.collect(content::close));
        failures.collect(release);
        failures.end();
    }

    private synchronized List<FileContent> end() {
        List<FileContent> left = open == null ? null : new ArrayList<>(open);
        open = null;
        return left;
    }
}
