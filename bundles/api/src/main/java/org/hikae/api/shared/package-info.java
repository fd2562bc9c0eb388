/**
 * File systems that several nodes write at once: names, attributes and block maps, which the manager of a disk keeps (22);
 * content is what nodes write to the blocks.
 */
@Export
@Version("0.1.0")
package org.hikae.api.shared;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
