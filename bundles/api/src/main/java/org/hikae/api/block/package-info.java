/**
 * Block devices and sets of blocks: the two ideas that everything else is said in.
 */
@Export
@Version("0.1.0")
package org.hikae.api.block;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
