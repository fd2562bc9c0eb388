/**
 * Part II, files of clients collected by centers: what clients, relays and centers speak of.
 */
@Export
@Version("0.1.0")
package org.hikae.api.files;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
