package org.hikae.media.store;

import org.hikae.media.medium.TestMedia;
import org.hikae.media.testing.MemoryTier;

/** The same with data that is in the second tier alone as soon as it is there. */
class GroupLifeFromTierTest extends GroupLifeTest {

    @Override
    TestMedia media() {
        return super.media().evictingTo(new MemoryTier());
    }
}
