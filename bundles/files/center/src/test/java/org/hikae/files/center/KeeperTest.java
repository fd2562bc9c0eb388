package org.hikae.files.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.api.job.Jobs;
import org.hikae.files.center.store.PartWriter;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

class KeeperTest {

    /** With one rule for all, of a center that was started. */
    private static ConfigurationAdmin admin() {
        Configuration configuration = (Configuration) Proxy.newProxyInstance(
                KeeperTest.class.getClassLoader(),
                new Class<?>[] {Configuration.class},
                (proxy, method, values) -> method.getName().equals("getProperties")
                        ? new Hashtable<>(Map.of("keep", "last=1", "running", "true", "medium", "m"))
                        : null);
        return (ConfigurationAdmin) Proxy.newProxyInstance(
                KeeperTest.class.getClassLoader(),
                new Class<?>[] {ConfigurationAdmin.class},
                (proxy, method, values) -> method.getName().equals("getConfiguration") ? configuration : null);
    }

    /** A relay's runs go when all centers above have them, whatever was said of keeping them (I6). */
    @Test
    void nothingIsDroppedByARuleAsLongAsItIsHandedOn() throws IOException {
        FakeStore store = new FakeStore();
        try (PartWriter writer = store.write(Lab.run("alice", 1, 0, 1, 1000))) {
            writer.write(ByteBuffer.wrap(Lab.frames(0, 1, 1000)));
            writer.commit();
        }
        AtomicBoolean handingOn = new AtomicBoolean(true);
        try (Keeper keeper = new Keeper(new CenterSettings(admin()), store, new Sharer(store, null), handingOn::get)) {
            keeper.sweep();
            assertThat(store.retained).isEmpty();
            handingOn.set(false);
            keeper.sweep();
            assertThat(store.retained).isEqualTo(List.of("alice"));
        }
    }

    /** What a relay has does not stay. */
    @Test
    void nothingIsSharedAsLongAsItIsHandedOn() throws IOException {
        FakeStore store = new FakeStore();
        store.toShare = true;
        AtomicBoolean handingOn = new AtomicBoolean(true);
        List<Object> begun = new ArrayList<>();
        Jobs jobs = (Jobs) Proxy.newProxyInstance(
                KeeperTest.class.getClassLoader(), new Class<?>[] {Jobs.class}, (proxy, method, values) -> {
                    begun.add(values[0]);
                    return null;
                });
        try (Keeper keeper = new Keeper(new CenterSettings(admin()), store, new Sharer(store, jobs), handingOn::get)) {
            keeper.share();
            assertThat(begun).isEmpty();
            assertThat(store.discards).isEqualTo(1);
            handingOn.set(false);
            keeper.share();
            assertThat(begun).containsExactly("share");
        }
    }
}
