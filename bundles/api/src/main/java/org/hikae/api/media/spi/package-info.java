/**
 * What media drivers implement: named objects that become visible by one atomic step and never change then.
 */
@Export
@Version("0.1.0")
package org.hikae.api.media.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
