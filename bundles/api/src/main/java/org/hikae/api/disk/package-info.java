/**
 * Unit 22, block manager: the shared disks, their used blocks and their changed blocks.
 */
@Export
@Version("0.1.0")
package org.hikae.api.disk;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
