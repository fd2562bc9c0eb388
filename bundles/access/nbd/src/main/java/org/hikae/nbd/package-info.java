/**
 * The way in for block devices: every disk and every generation as a network block device, as the protocol document of
 * the NBD project describes it. {@code protocol} has its numbers and its bytes, {@code handshake} what client and server
 * agree on, {@code session} the requests, {@code export} what is served, {@code server} sockets and threads.
 */
package org.hikae.nbd;
