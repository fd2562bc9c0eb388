/**
 * What log strategies implement: where before-images are gathered, and where the log is kept.
 */
@Export
@Version("0.1.0")
package org.hikae.api.log.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
