/** What drivers of shared file systems implement. */
@Export
@Version("0.1.0")
package org.hikae.api.shared.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
