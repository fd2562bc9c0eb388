/** The buffer area: runs that are sealed and wait to be sent. */
package org.hikae.files.client.buffer;
