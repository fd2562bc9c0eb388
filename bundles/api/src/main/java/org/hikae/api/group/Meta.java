package org.hikae.api.group;

/** Of which files the names and attributes go with a group's blocks to the medium (b.6). */
public enum Meta {
    /** Of all files of the disk: all are visible, and reading one that is not in the group is an error. */
    ALL,
    /** Of the group's files, and the directories that they are in: all that is visible can be read. */
    GROUP
}
