/** The collection table, orders, and the transfers that follow from them (e.3 to e.5, I7). */
package org.hikae.files.center.collect;
