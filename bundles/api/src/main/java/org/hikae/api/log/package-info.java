/**
 * Unit 26, log manager: the before-image log of a backup.
 */
@Export
@Version("0.1.0")
package org.hikae.api.log;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
