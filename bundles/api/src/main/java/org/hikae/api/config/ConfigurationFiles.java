package org.hikae.api.config;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The files that configurations are kept in. A platform that keeps them elsewhere has no such service. Thread-safe.
 */
@ProviderType
public interface ConfigurationFiles {

    /** The files that are ignored because they cannot be understood, ordered by their paths. */
    List<BrokenFile> broken();
}
