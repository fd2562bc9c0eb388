package org.hikae.catalog;

import org.hikae.api.job.JobEvents;
import org.hikae.api.job.JobInfo;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/**
 * Lets the catalog follow the jobs of a platform that stays. One that ends with its command would have to open the database, which
 * takes as long as many a command, for what the next one that stays or is asked finds out by itself.
 */
@Component(property = EventConstants.EVENT_TOPIC + "=" + JobEvents.TOPIC + "*")
public final class JobFollower implements EventHandler {

    private final CatalogUnit catalog;
    private final boolean lasting;

    @Activate
    public JobFollower(BundleContext context, @Reference CatalogUnit catalog) {
        this.catalog = catalog;
        lasting = !"command".equals(context.getProperty("hikae.purpose"));
    }

    @Override
    public void handleEvent(Event event) {
        boolean ended = event.getProperty(JobEvents.INFO) instanceof JobInfo job && job.ended() != null;
        if (lasting && ended) {
            catalog.changed();
        }
    }
}
