/** Messages of the protocol between clients, relays and centers. See docs/formats/file-protocol.md. */
@Export
@Version("0.1.0")
package org.hikae.files.transfer.message;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
