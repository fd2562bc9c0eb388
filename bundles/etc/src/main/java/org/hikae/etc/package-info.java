/**
 * Configurations as files: each configuration of the Configuration Admin service is one text file in {@code HOME/etc},
 * which people read and edit, and which is the only place where the configuration is kept.
 */
package org.hikae.etc;
