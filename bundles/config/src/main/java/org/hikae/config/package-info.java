/** Named things that OSGi configurations bring to life: disks, nodes, media, strategies. */
@Export
@Version("0.1.0")
package org.hikae.config;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
