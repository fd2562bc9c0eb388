/**
 * For those who write drivers of tape libraries, and for those who use tapes: the contract as tests, a model of what a drive must
 * do, and drives and libraries that fail when they are told to.
 */
@Export
@Version("0.1.0")
package org.hikae.tapekit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
