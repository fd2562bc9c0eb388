/**
 * What drivers of file system formats implement: finding out whether a device holds such a file system, and reading it.
 */
@Export
@Version("0.1.0")
package org.hikae.api.fs.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
