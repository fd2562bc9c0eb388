/** What the center answers over HTTPS (I8, I9). */
@RequireHttpWhiteboard
package org.hikae.files.center.http;

import org.osgi.service.servlet.whiteboard.annotations.RequireHttpWhiteboard;
