/** The configurations of the platform as files that people edit. */
@Export
@Version("0.1.0")
package org.hikae.api.config;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
