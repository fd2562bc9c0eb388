/**
 * What media drivers implement: named, append-only objects that become visible by one atomic step.
 */
@Export
@Version("0.1.0")
package org.hikae.api.media.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
