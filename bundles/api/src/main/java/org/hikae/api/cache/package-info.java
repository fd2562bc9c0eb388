/**
 * Unit 21, cache control: brings every node of a disk to one instant.
 */
@Export
@Version("0.1.0")
package org.hikae.api.cache;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
