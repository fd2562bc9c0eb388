/** What the tables of the metadata hold: inodes, names, extents, free blocks, orphans, attributes, counts. */
package org.hikae.fs.shared.table;
