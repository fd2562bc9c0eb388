/** Files given back: which versions, where they come from, and into place. */
package org.hikae.files.client.restore;
