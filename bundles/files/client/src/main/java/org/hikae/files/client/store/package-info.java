/** Files of the client's own whose damage is noticed. */
package org.hikae.files.client.store;
