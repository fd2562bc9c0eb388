package org.hikae.etc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcStoreTest {
    @TempDir
    Path etc;

    private EtcStore store;

    @BeforeEach
    void open() throws IOException {
        store = new EtcStore(new EtcFiles(etc, new FileNames(StandardCharsets.UTF_8)));
    }

    @Test
    void keepsWhatIsStored() throws IOException {
        Dictionary<String, Object> properties = new Hashtable<>(
                Map.of("service.pid", "x", "service.bundleLocation", "?", "ports", new Integer[] {1, 2}));

        store.store("x", properties);

        assertThat(store.exists("x")).isTrue();
        assertThat(store.load("x")).isNotSameAs(store.load("x")).isEqualTo(properties);
        assertThat(Collections.list(store.getDictionaries())).hasSize(1);
        store.delete("x");
        assertThat(store.exists("x")).isFalse();
        assertThatThrownBy(() -> store.load("x")).isInstanceOf(IOException.class);
    }

    @Test
    void asksForAConfigurationMakeNoFile() throws IOException {
        store.store("x", new Hashtable<>(Map.of("service.pid", "x", "_felix_.cm.newConfiguration", true)));

        assertThat(store.exists("x")).isFalse();
        try (var files = Files.list(etc)) {
            assertThat(files).isEmpty();
        }
    }
}
