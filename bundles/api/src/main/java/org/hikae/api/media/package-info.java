/**
 * Unit 24, media control: backup media and the generations on them.
 */
@Export
@Version("0.1.0")
package org.hikae.api.media;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
