/**
 * What the launcher and the platform's bundle {@code org.hikae.socket} say to each other, and where they meet. The
 * launcher has it on its class path. The format is described in {@code docs/formats/socket.md}.
 */
@Export
@Version("0.1.0")
package org.hikae.wire;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
