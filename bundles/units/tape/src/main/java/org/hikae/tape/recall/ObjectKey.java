package org.hikae.tape.recall;

import java.util.UUID;

/**
 * An object with the bytes that it has now. One that is given up and made anew has another key, so what is kept of the old one is never
 * taken for it.
 *
 * @param medium id of its medium
 * @param name of it
 * @param length bytes
 * @param sha256 of its bytes, in hexadecimal digits
 */
record ObjectKey(UUID medium, String name, long length, String sha256) {}
