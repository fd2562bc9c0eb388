/** The format of runs: items, packed into frames. See docs/formats/file-run.md. */
@Export
@Version("0.1.0")
package org.hikae.files.transfer.run;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
