/**
 * Disks and generations as network block devices, for programs that others wrote.
 */
@Export
@Version("0.1.0")
package org.hikae.api.nbd;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
