/**
 * What drivers of tape drives and libraries implement: records, filemarks, positions, slots. Nothing above knows how a
 * drive is reached.
 */
@Export
@Version("0.1.0")
package org.hikae.api.tape.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
