package org.hikae.media;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hikae.api.job.Progress;
import org.hikae.api.media.DataPlace;
import org.hikae.api.media.Eviction;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationSurvey;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.Generations;
import org.hikae.api.media.MergeReport;
import org.hikae.api.media.MergeRequest;
import org.hikae.api.media.StoredObjects;
import org.hikae.api.media.VerifyReport;
import org.hikae.media.medium.HomeUnit;
import org.hikae.media.medium.MediaAccess;
import org.hikae.media.store.GenerationStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service {@link Generations}. */
@Component(configurationPid = "org.hikae.generations")
@Designate(ocd = GenerationsUnit.Config.class)
public final class GenerationsUnit implements Generations {

    @ObjectClassDefinition(name = "Generations", description = "How generations are written")
    @interface Config {
        @AttributeDefinition(
                description = "zstd's level of compression, from -7 (fastest) to 19 (smallest)",
                min = "-7",
                max = "19")
        int compressionLevel() default 1;
    }

    private static final Logger LOG = LoggerFactory.getLogger(GenerationsUnit.class);

    private final GenerationStore store;

    @Activate
    public GenerationsUnit(Config config, @Reference MediaAccess media, @Reference HomeUnit home) {
        store = new GenerationStore(media, home.home().folder(), level(config));
    }

    /** A new store would know nothing of the generations that are being read and written. */
    @Modified
    void modified(Config config) {
        store.compress(level(config));
    }

    private static int level(Config config) {
        int level = Math.max(-7, Math.min(19, config.compressionLevel()));
        if (level != config.compressionLevel()) {
            LOG.warn("the compressionLevel {} is not from -7 to 19: {} is used", config.compressionLevel(), level);
        }
        return level;
    }

    @Deactivate
    void deactivate() {
        store.close();
    }

    @Override
    public GenerationSurvey survey() throws IOException {
        return store.survey();
    }

    @Override
    public List<GenerationInfo> chain(String id) throws IOException {
        return store.chain(id);
    }

    @Override
    public GenerationInfo get(String id) throws IOException {
        return store.get(id);
    }

    @Override
    public GenerationWriter create(GenerationRequest request) throws IOException {
        return store.create(request);
    }

    @Override
    public GenerationReader open(String id) throws IOException {
        return store.open(id);
    }

    @Override
    public VerifyReport verify(String id, Progress progress) throws IOException {
        return store.verify(id, progress);
    }

    @Override
    public MergeReport merge(MergeRequest request, Progress progress) throws IOException {
        return store.merge(request, progress);
    }

    @Override
    public void hold(String id, String holder) throws IOException {
        store.hold(id, holder);
    }

    @Override
    public void release(String id, String holder) throws IOException {
        store.release(id, holder);
    }

    @Override
    public Map<String, List<String>> holds() throws IOException {
        return store.holds();
    }

    @Override
    public StoredObjects objects(String id) throws IOException {
        return store.objects(id);
    }

    @Override
    public Eviction evict(String id) throws IOException {
        return store.evict(id);
    }

    @Override
    public Map<String, DataPlace> places() throws IOException {
        return store.places();
    }

    @Override
    public void remove(String id) throws IOException {
        store.remove(id);
    }
}
