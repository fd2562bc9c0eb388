package org.hikae.media.store;

import org.hikae.media.medium.TestMedia;
import org.hikae.media.testing.MemoryTier;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same with data that is in the second tier alone as soon as it is there. */
@EnabledIfSystemProperty(named = "hikae.long", matches = "true")
class ConcurrencyFromTierTest extends ConcurrencyTest {

    @Override
    TestMedia media() {
        return super.media().evictingTo(new MemoryTier());
    }
}
