/**
 * The operations that tie the units together, each of them a job.
 */
@Export
@Version("0.1.0")
package org.hikae.api.backup;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
