/**
 * Where objects of media are kept beside their medium, and may be kept instead: a second tier, such as tape (16, 27). Between
 * media control, which knows what generations consist of, and tape control, which knows where objects lie.
 */
@Export
@Version("0.1.0")
package org.hikae.api.media.tier;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
