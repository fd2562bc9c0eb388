/** Collects files of clients when it suits both sides, and gives them back. */
package org.hikae.files.center;
