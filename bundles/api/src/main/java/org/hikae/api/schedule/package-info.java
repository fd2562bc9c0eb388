/**
 * Schedules of backups (b.4): what is backed up when, and for how long it is kept.
 */
@Export
@Version("0.1.0")
package org.hikae.api.schedule;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
