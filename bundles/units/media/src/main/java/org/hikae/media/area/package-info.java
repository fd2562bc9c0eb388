/** Areas of media for objects of others than media control (f.4). */
package org.hikae.media.area;
