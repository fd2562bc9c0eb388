/**
 * Part II, the side of the client: the service that the shell drives.
 */
@Export
@Version("0.1.0")
package org.hikae.api.files.client;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
