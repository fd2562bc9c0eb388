/** Who somebody is: names, tokens, keys, certificates, TLS. See docs/formats/file-protocol.md. */
@Export
@Version("0.1.0")
package org.hikae.files.transfer.identity;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
