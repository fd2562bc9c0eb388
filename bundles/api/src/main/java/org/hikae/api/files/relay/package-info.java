/**
 * Part II, the side of the relay: the service that the shell drives.
 */
@Export
@Version("0.1.0")
package org.hikae.api.files.relay;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
