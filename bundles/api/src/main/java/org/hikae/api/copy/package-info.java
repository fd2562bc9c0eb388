/**
 * Unit 25, copy manager: moves wanted blocks from disks to generations, and from generations back.
 */
@Export
@Version("0.1.0")
package org.hikae.api.copy;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
