/** Who may speak to the center: its certification authority, invitations, members (I8). */
package org.hikae.files.center.authority;
