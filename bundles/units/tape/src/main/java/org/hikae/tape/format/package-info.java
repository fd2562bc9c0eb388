/** What is on a cartridge, byte by byte. */
package org.hikae.tape.format;
