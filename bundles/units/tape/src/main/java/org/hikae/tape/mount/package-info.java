/** Cartridges in drives: libraries, who may use which drive next, labels, and cartridges that are waited for. */
package org.hikae.tape.mount;
