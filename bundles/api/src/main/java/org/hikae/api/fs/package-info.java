/**
 * File systems on shared disks, read without mounting them: which blocks are used, which hold metadata, which file a
 * block belongs to, and the tree of files.
 */
@Export
@Version("0.1.0")
package org.hikae.api.fs;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
