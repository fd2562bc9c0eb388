/** Hands on to one or several centers what the center of this platform has received. */
package org.hikae.files.relay;
