/**
 * Databases of the catalog: by OSGi JDBC, in files of the home or where the configuration says.
 */
@Export
@Version("0.1.0")
package org.hikae.sql;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
