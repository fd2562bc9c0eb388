/** Writes objects to cartridges: sessions that stream, from one cartridge to the next, and end in tables. */
package org.hikae.tape.store.write;
