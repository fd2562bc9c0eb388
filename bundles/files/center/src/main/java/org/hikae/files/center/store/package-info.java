/** What the center has received: parts of runs on media, and what is known of them. */
package org.hikae.files.center.store;
