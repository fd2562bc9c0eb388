/** When local backups are due. */
package org.hikae.files.client.due;
