package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.hikae.media.medium.TestMedia;
import org.hikae.media.testing.Evictor;
import org.hikae.media.testing.MemoryDriver;
import org.hikae.media.testing.MemoryTier;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same with data that is in the second tier alone as soon as it is there. */
@EnabledIfSystemProperty(named = "hikae.long", matches = "true")
class RoundTripFromTierTest extends RoundTripTest {

    private MemoryTier tier;

    @Override
    TestMedia media() {
        tier = new MemoryTier();
        return super.media().evictingTo(tier);
    }

    @Override
    void checkImage(MemoryDriver on, String id, byte[] expected) {
        byte[] image = tier.get(Evictor.id(on), id + "/image").bytes();
        assertThat(Arrays.equals(image, expected)).isTrue();
        assertThat(on.names()).containsExactly(id + "/index", id + "/manifest");
    }
}
