/** Files of this machine: copied into a buffer, and handed to a center when that asks. */
package org.hikae.files.client;
