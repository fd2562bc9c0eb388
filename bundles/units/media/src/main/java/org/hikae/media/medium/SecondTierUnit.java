package org.hikae.media.medium;

import java.util.function.Supplier;
import org.hikae.api.media.tier.SecondTier;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Knows the second tier, which comes and goes. It is asked for only when a medium is used: what it needs itself may need the media.
 */
@Component(service = SecondTierUnit.class)
public final class SecondTierUnit implements Supplier<SecondTier> {

    /** The service, and the object once it was asked for. */
    private static final class Bound {

        private final ComponentServiceObjects<SecondTier> service;
        /** Null until then; guarded by this. */
        private SecondTier object;

        Bound(ComponentServiceObjects<SecondTier> service) {
            this.service = service;
        }

        /** No lock is held while the service is made, which may lead here again. */
        SecondTier get() {
            synchronized (this) {
                if (object != null) {
                    return object;
                }
            }
            SecondTier made = service.getService();
            synchronized (this) {
                if (object == null) {
                    object = made;
                    return made;
                }
            }
            if (made != null) {
                service.ungetService(made);
            }
            return made;
        }

        boolean isOf(ComponentServiceObjects<SecondTier> other) {
            return service.getServiceReference().equals(other.getServiceReference());
        }

        void end() {
            SecondTier used;
            synchronized (this) {
                used = object;
            }
            if (used != null) {
                service.ungetService(used);
            }
        }
    }

    private volatile Bound bound;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindTier(ComponentServiceObjects<SecondTier> service) {
        Bound before = bound;
        bound = new Bound(service);
        if (before != null) {
            before.end(); // it goes: what takes its place is bound first
        }
    }

    void unbindTier(ComponentServiceObjects<SecondTier> service) {
        Bound before = bound;
        if (before != null && before.isOf(service)) {
            bound = null;
            before.end();
        }
    }

    /** The second tier; null if there is none now. */
    @Override
    public SecondTier get() {
        Bound now = bound;
        return now == null ? null : now.get();
    }
}
