/** The way in for the launcher: commands over a Unix socket in the home folder. */
package org.hikae.socket;
