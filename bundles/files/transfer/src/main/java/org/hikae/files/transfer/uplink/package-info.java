/** The side of a client: what it hands to a center, and asks from it. */
@Export
@Version("0.1.0")
package org.hikae.files.transfer.uplink;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
