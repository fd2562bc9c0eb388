/** What tape control keeps in the platform's home beside the store: its id, what was chosen, what was seen. */
package org.hikae.tape.home;
