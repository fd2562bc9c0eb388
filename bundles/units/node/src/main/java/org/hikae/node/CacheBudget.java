package org.hikae.node;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.hikae.node.cache.PageCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much memory the caches of all nodes of this JVM may take together, in bytes: what the JVM has for buffers outside its
 * heap, without what backups and network clients need of it. Thread-safe.
 */
final class CacheBudget {

    private static final Logger LOG = LoggerFactory.getLogger(CacheBudget.class);

    /** For all else that takes such buffers. */
    private static final long OTHERS = 192L << 20;

    private final long total;
    /** Guarded by this. */
    private long taken;

    CacheBudget(long total) {
        this.total = total;
    }

    static CacheBudget ofJvm() {
        long direct = directMemory();
        return new CacheBudget(Math.max(direct - OTHERS, direct / 2));
    }

    /** The JVM's limit: what it was told, or else as much as its heap may take. */
    private static long directMemory() {
        try {
            CompositeData option = (CompositeData) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                            "getVMOption",
                            new Object[] {"MaxDirectMemorySize"},
                            new String[] {String.class.getName()});
            long told = Long.parseLong((String) option.get("value"));
            return told > 0 ? told : Runtime.getRuntime().maxMemory();
        } catch (JMException e) {
            LOG.debug("this JVM does not tell how much memory it has for buffers", e);
            return Runtime.getRuntime().maxMemory();
        }
    }

    synchronized long left() {
        return Math.max(0, total - taken);
    }

    /** Takes as much as is wanted, or what is left; a node always gets the smallest cache there is. */
    synchronized long take(long wanted) {
        long given = Math.max(PageCache.SMALLEST, Math.min(wanted, left()));
        taken += given;
        return given;
    }

    synchronized void give(long bytes) {
        taken -= bytes;
    }
}
