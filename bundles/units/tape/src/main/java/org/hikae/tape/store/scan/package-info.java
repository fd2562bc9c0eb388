/** Reads cartridges for what is on them: tables behind a position, whole copies, everything. */
package org.hikae.tape.store.scan;
