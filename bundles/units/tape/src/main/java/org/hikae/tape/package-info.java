/** Tape control as services (27). */
package org.hikae.tape;
