/**
 * Units 11 and 28: the computers that read and write shared disks, and the one door that every write goes through.
 */
@Export
@Version("0.1.0")
package org.hikae.api.node;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
