package org.hikae.cache;

import java.time.Duration;
import java.util.Map;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.cache.spi.Fence;

/** Makes cache controls. */
public final class Controls {

    private Controls() {}

    /** One that waits for no silent node. */
    public static CacheControl with(Fence fence) {
        CacheControlUnit control =
                new CacheControlUnit(new SilenceBound(Duration.ZERO, Duration.ZERO, Duration.ZERO), time -> {});
        control.bind(fence, Map.of("service.id", 1L));
        return control;
    }
}
