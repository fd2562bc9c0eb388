/** Media control: the media of this platform and the generations on them. */
package org.hikae.media;
