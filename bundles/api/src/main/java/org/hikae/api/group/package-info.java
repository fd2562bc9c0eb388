/**
 * Unit 23, group manager: groups of files that users define, and the blocks of their content.
 */
@Export
@Version("0.1.0")
package org.hikae.api.group;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
