package org.hikae.media.area;

import java.io.IOException;
import org.hikae.api.media.ObjectAreas;
import org.hikae.api.media.spi.Medium;
import org.hikae.media.medium.MediaAccess;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The service {@link ObjectAreas}. */
@Component
public final class AreasUnit implements ObjectAreas {

    private final MediaAccess media;

    @Activate
    public AreasUnit(@Reference MediaAccess media) {
        this.media = media;
    }

    @Override
    public Medium open(String medium, String area) throws IOException {
        return AreaMedium.open(media, medium, area);
    }
}
