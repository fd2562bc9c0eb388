package org.hikae.fs.shared.store;

/** The tables of the metadata. Their numbers are part of the format. */
public enum Table {
    SETTINGS,
    INODES,
    NAMES,
    EXTENTS,
    FREE,
    ORPHANS,
    ATTRIBUTES
}
