/**
 * Part II, the side of the center: the service that the shell drives.
 */
@Export
@Version("0.1.0")
package org.hikae.api.files.center;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
