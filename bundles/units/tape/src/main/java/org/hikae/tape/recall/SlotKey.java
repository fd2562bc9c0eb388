package org.hikae.tape.recall;

/**
 * A stretch of an object that is read and kept as one.
 *
 * @param index number of it, from 0; all slots but an object's last have the same length
 */
record SlotKey(ObjectKey object, long index) {}
