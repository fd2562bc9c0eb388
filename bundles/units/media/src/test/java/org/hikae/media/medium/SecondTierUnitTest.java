package org.hikae.media.medium;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.media.testing.MemoryTier;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;

/** A second tier that comes and goes. */
class SecondTierUnitTest {

    private final SecondTierUnit unit = new SecondTierUnit();

    /** A service that counts who has it. */
    private static final class Service implements ComponentServiceObjects<SecondTier> {

        private final SecondTier tier = new MemoryTier();

        @SuppressWarnings("unchecked")
        private final ServiceReference<SecondTier> reference = (ServiceReference<SecondTier>) Proxy.newProxyInstance(
                Service.class.getClassLoader(),
                new Class<?>[] {ServiceReference.class},
                (proxy, method, args) -> method.getName().equals("equals") ? proxy == args[0] : null);

        private int users;
        private boolean gone;

        @Override
        public SecondTier getService() {
            users += gone ? 0 : 1;
            return gone ? null : tier;
        }

        @Override
        public void ungetService(SecondTier service) {
            assertThat(service).isSameAs(tier);
            users--;
        }

        @Override
        public ServiceReference<SecondTier> getServiceReference() {
            return reference;
        }
    }

    /** It may need the media itself, which are just beginning. */
    @Test
    void isNotMadeBeforeItIsAskedFor() {
        Service service = new Service();
        unit.bindTier(service);
        assertThat(service.users).isZero();
        assertThat(unit.get()).isSameAs(service.tier);
        assertThat(unit.get()).isSameAs(service.tier);
        assertThat(service.users).isOne();
        unit.unbindTier(service);
        assertThat(service.users).isZero();
        assertThat(unit.get()).isNull();
    }

    /** The next one is bound before the one before goes. */
    @Test
    void mayBeReplaced() {
        Service first = new Service();
        Service second = new Service();
        unit.bindTier(first);
        assertThat(unit.get()).isSameAs(first.tier);
        unit.bindTier(second);
        unit.unbindTier(first);
        assertThat(unit.get()).isSameAs(second.tier);
        unit.unbindTier(second);
        assertThat(unit.get()).isNull();
        assertThat(first.users + second.users).isZero();
    }

    @Test
    void mayBeGoneAlready() {
        Service service = new Service();
        service.gone = true;
        unit.bindTier(service);
        assertThat(unit.get()).isNull();
        unit.unbindTier(service);
    }
}
