package org.hikae.block.tracking;

/** A disk whose every write leaves its trace. */
final class FakeStamps implements StampSource {

    long size;
    String file = "1";
    volatile int version;
    String fileSystem = "";

    FakeStamps(long size) {
        this.size = size;
    }

    @Override
    public DiskStamp now() {
        return new DiskStamp("fs", file, size, "version " + version, fileSystem);
    }

    @Override
    public DiskStamp settled() {
        return now();
    }
}
