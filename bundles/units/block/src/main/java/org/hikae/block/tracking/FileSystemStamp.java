package org.hikae.block.tracking;

/** By what the file system on a disk shows that somebody has written to it (R14). Two that are equal tell the same. */
@FunctionalInterface
public interface FileSystemStamp {

    /** Of a disk without a file system that is known. */
    FileSystemStamp NONE = () -> "";

    /** Changes with every writing mount and every repair; empty if it cannot be told at present. */
    String now();
}
