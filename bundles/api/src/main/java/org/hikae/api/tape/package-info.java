/**
 * Tape control (27): libraries, cartridges, pools, and the buffer in front of them.
 */
@Export
@Version("0.1.0")
package org.hikae.api.tape;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
