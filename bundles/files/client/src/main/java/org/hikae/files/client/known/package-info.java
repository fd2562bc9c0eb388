/** What the last run of a row has seen: which files, and how they looked. */
package org.hikae.files.client.known;
