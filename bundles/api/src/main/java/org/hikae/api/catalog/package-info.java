/**
 * The catalog: what is known of generations, groups and jobs, in an SQL database.
 */
@Export
@Version("0.1.0")
package org.hikae.api.catalog;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
