package org.hikae.etc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.Hashtable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.felix.cm.PersistenceManager;
import org.hikae.api.config.BrokenFile;
import org.hikae.api.config.ConfigurationFiles;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Keeps the configurations of Felix's Configuration Admin in {@code HOME/etc}. The launcher chooses it by the framework
 * property {@code felix.cm.pm}.
 */
@Component(
        service = {PersistenceManager.class, EtcStore.class, ConfigurationFiles.class},
        property = PersistenceManager.PROPERTY_NAME + "=etc")
public final class EtcStore implements PersistenceManager, ConfigurationFiles {
    /** Marks a configuration that somebody has asked for but never filled. */
    private static final String NEVER_FILLED = "_felix_.cm.newConfiguration";

    private final EtcFiles files;

    @Activate
    public EtcStore(BundleContext context) throws IOException {
        this(new EtcFiles(Path.of(context.getProperty("hikae.home"), "etc"), FileNames.ofThisSystem()));
    }

    EtcStore(EtcFiles files) {
        this.files = files;
    }

    @Override
    public boolean exists(String pid) {
        return files.get(pid).isPresent();
    }

    @Override
    public Dictionary<String, Object> load(String pid) throws IOException {
        return dictionary(files.get(pid).orElseThrow(() -> new IOException("There is no configuration " + pid)));
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Enumeration getDictionaries() {
        return Collections.enumeration(
                files.all().stream().map(EtcStore::dictionary).toList());
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public void store(String pid, Dictionary properties) throws IOException {
        SortedMap<String, Object> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Object name : Collections.list(properties.keys())) {
            sorted.put((String) name, properties.get(name));
        }
        if (!sorted.containsKey(NEVER_FILLED)) {
            files.put(pid, sorted);
        }
    }

    @Override
    public void delete(String pid) throws IOException {
        files.remove(pid);
    }

    @Override
    public List<BrokenFile> broken() {
        return files.broken();
    }

    List<EtcFiles.Change> refresh() throws IOException {
        return files.refresh();
    }

    static Dictionary<String, Object> dictionary(SortedMap<String, Object> properties) {
        return new Hashtable<>(properties);
    }
}
