/**
 * Long operations: progress, cancellation, result and reason.
 */
@Export
@Version("0.1.0")
package org.hikae.api.job;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
