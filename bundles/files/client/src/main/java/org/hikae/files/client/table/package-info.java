/** The backup control table: its rows, as they are configured. */
package org.hikae.files.client.table;
