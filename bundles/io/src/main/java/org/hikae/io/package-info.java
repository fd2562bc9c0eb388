/**
 * Files and block devices: aligned buffers, I/O past the page cache, holes, durable writes.
 */
@Export
@Version("0.1.0")
package org.hikae.io;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
