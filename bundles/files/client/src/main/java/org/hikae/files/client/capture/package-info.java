/** Local backups: files that have changed, copied into a run. */
package org.hikae.files.client.capture;
