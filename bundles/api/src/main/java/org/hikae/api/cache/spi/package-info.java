/** What makes sure that a lost node writes no more (R16). */
@Export
@Version("0.1.0")
package org.hikae.api.cache.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
