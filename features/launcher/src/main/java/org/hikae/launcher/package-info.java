/** The entry of the executable jar: starts an OSGi framework with the bundles that the jar carries. */
package org.hikae.launcher;
