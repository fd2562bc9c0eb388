/** What waits in the buffer, handed to the centers that this client has joined; and what is asked of them. */
package org.hikae.files.client.send;
