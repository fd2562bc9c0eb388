package org.hikae.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;

class CarriedTest {

    private static Carried of(Map<String, String> properties) {
        return Carried.of((BundleContext) Proxy.newProxyInstance(
                CarriedTest.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> properties.get((String) arguments[0])));
    }

    @Test
    void aDistributionThatSaysNothingHasAll() {
        Carried carried = of(Map.of("hikae.commands", " "));
        assertThat(carried.command("disk")).isTrue();
        assertThat(carried.unit("tape")).isTrue();
    }

    @Test
    void oneThatSaysWhatItHasHasNothingElse() {
        Carried carried = of(Map.of("hikae.commands", "client, job,unit ", "hikae.units", "client"));
        assertThat(carried.command("client")).isTrue();
        assertThat(carried.command("unit")).isTrue();
        assertThat(carried.command("disk")).isFalse();
        assertThat(carried.unit("client")).isTrue();
        assertThat(carried.unit("tape")).isFalse();
    }
}
