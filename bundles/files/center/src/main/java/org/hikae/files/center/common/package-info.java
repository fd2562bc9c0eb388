/** Objects of a medium of which several have the same bytes, which lie there once (R22). */
package org.hikae.files.center.common;
