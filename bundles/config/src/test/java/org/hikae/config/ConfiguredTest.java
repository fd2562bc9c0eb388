package org.hikae.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

class ConfiguredTest {

    private final List<Configuration> stored = new ArrayList<>();
    private final Configured<String> disks = new Configured<>(admin(), "org.hikae.disk", "disk", "path");

    private ConfigurationAdmin admin() {
        return (ConfigurationAdmin) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ConfigurationAdmin.class},
                (proxy, method, arguments) -> stored.toArray(Configuration[]::new));
    }

    private void store(String pid, Map<String, Object> properties) {
        Dictionary<String, Object> dictionary = new Hashtable<>(properties);
        stored.add((Configuration) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Configuration.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getPid" -> pid;
                    case "getProperties" -> dictionary;
                    case "getChangeCount" -> 1L;
                    default -> throw new UnsupportedOperationException(method.getName());
                }));
    }

    @Test
    void aNameIsTheConfigurationsOwnOrElseItsPids() throws IOException {
        store("org.hikae.disk~file", Map.of("name", "own"));
        store("org.hikae.disk~cut", Map.of("format", "raw"));
        store("org.hikae.disk.0815", Map.of("format", "raw"));
        assertThat(disks.configured()).containsOnlyKeys("own", "cut");
        assertThatThrownBy(() -> disks.get("other")).hasMessage("there is no disk 'other'; see 'disk list'");
    }

    /** Ten seconds are the patience with a configuration that could still come to life. */
    @Test
    @Timeout(5)
    void nothingIsExpectedOfAConfigurationThatLacksSomething() throws IOException {
        store("org.hikae.disk~cut", Map.of("path", "/x"));
        store("org.hikae.disk~short", Map.of("name", "short"));
        assertThat(disks.get("cut")).isNull();
        assertThat(disks.get("short")).isNull();
        assertThat(disks.all()).isEmpty();
        assertThat(disks.missing(disks.configured().get("cut"))).contains("its configuration has no name");
        assertThat(disks.missing(disks.configured().get("short"))).contains("its configuration has no path");
        assertThat(disks.missing(new Hashtable<>(Map.of("name", "x", "path", "y"))))
                .isEmpty();
    }
}
