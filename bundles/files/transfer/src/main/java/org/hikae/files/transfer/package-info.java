/** What clients, relays and centers say to each other, and the format of runs. */
package org.hikae.files.transfer;
