/** Finds what does not agree in the tables. */
package org.hikae.fs.shared.check;
