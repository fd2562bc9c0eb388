/** Tape as the backup medium itself (15, 16): a medium whose data lies on cartridges alone. */
package org.hikae.tape.medium;
