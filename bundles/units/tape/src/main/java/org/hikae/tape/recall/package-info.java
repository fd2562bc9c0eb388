/** Reads of objects on tape: gathered and ordered by cartridge and position, through a buffer on a backup medium (c.3, c.4, d.3). */
package org.hikae.tape.recall;
