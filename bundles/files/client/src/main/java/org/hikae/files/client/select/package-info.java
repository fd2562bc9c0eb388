/** Which files a row of the backup control table means, and the way through them. */
package org.hikae.files.client.select;
