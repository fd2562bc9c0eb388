package org.hikae.media.medium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.media.spi.MediumDriver;
import org.hikae.config.Configured;
import org.hikae.media.testing.MemoryDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaRegistryTest {

    private static final UUID HOME = new UUID(1, 1);
    private static final UUID OTHER_HOME = new UUID(2, 2);

    private final Map<String, MemoryDriver> places = new HashMap<>();
    private final Map<String, MediumHandle> handles = new HashMap<>();
    private final MediumDriver driver = location -> {
        MemoryDriver place = places.get(location);
        if (place == null) {
            throw new IOException(location + " is not there");
        }
        return place.open(location);
    };

    private FakeConfigurations configurations;
    private Configured<MediumHandle> configured;
    private MediaRegistry registry;

    @BeforeEach
    void open() {
        configurations = new FakeConfigurations(this::changed);
        configured = new Configured<>(configurations.admin(), "org.hikae.medium", "medium");
        registry = new MediaRegistry(configured, HOME, InstantSource.fixed(Instant.EPOCH));
        registry.bindDriver("memory", driver);
        places.put("/a", new MemoryDriver());
        places.put("/b", new MemoryDriver());
    }

    /** What the component of a configuration does. */
    private void changed(String name, Dictionary<String, Object> properties) {
        MediumHandle old = handles.remove(name);
        if (old != null) {
            configured.unbind(name, old);
            old.leave("it was changed or removed");
        }
        if (properties != null) {
            MediumHandle handle =
                    new MediumHandle(name, "memory", properties.get("location").toString(), driver, HOME, () -> null);
            handles.put(name, handle);
            configured.bind(name, handle);
        }
    }

    @Test
    void addedMediaAreConfiguredAndOwned() throws IOException {
        MediumStatus status = registry.add("m", "memory", "/a", false);
        assertThat(status)
                .isEqualTo(new MediumStatus("m", "memory", "/a", -1, -1, List.of("overwrite", "random_read"), null));
        assertThat(registry.list()).containsExactly(status);
        assertThat(configurations.get("m").get("driver.target")).isEqualTo("(hikae.media.driver=memory)");
        assertThat(places.get("/a").objects).containsOnlyKeys("hikae-medium");
        assertThat(registry.open("m").name()).isEqualTo("m");
    }

    @Test
    void nothingIsChangedByWhatIsRefused() throws IOException {
        registry.add("m", "memory", "/a", false);
        assertThatThrownBy(() -> registry.add("m", "memory", "/b", false)).hasMessageContaining("already");
        assertThatThrownBy(() -> registry.add("a b", "memory", "/b", false)).hasMessageContaining("cannot be the name");
        assertThatThrownBy(() -> registry.add("x", "tape", "/b", false))
                .hasMessage("there is no medium driver 'tape'; the drivers are: memory");
        assertThatThrownBy(() -> registry.add("x", "memory", "/c", false)).hasMessage("/c is not there");
        assertThatThrownBy(() -> registry.add("x", "memory", "/a", true)).hasMessage("that is medium 'm' already");
        configurations.broken = true;
        assertThatThrownBy(() -> registry.add("x", "memory", "/b", false)).hasMessageContaining("no space");
        assertThat(places.get("/b").objects).isEmpty();
        assertThat(registry.list()).hasSize(1);
    }

    @Test
    void anotherHomesMediumIsTakenOverOnlyOnDemand() throws IOException {
        TestMedia.takeOver(places.get("/a"), OTHER_HOME);
        UUID id = OwnerMark.read(places.get("/a").open("")).orElseThrow().medium();
        assertThatThrownBy(() -> registry.add("m", "memory", "/a", false))
                .hasMessageContaining("belongs to another home since 1970-01-01T00:00:00Z");
        registry.add("m", "memory", "/a", true);
        assertThat(registry.open("m").id()).isEqualTo(id);
        TestMedia.takeOver(places.get("/a"), OTHER_HOME);
        assertThat(registry.status("m").problem()).contains("belongs to another home");
        assertThatThrownBy(() -> registry.open("m")).hasMessageContaining("belongs to another home");
    }

    /** Of a tape, say: what lies on it is known by that id, whoever owns it. */
    @Test
    void anIdOfItsOwnIsTheMediums() throws IOException {
        UUID id = new UUID(7, 7);
        places.get("/a").id = id;
        registry.add("m", "memory", "/a", false);
        assertThat(registry.open("m").id()).isEqualTo(id);
        assertThat(OwnerMark.read(places.get("/a").open("")).orElseThrow().medium())
                .isEqualTo(id);
        places.get("/b").id = id;
        assertThatThrownBy(() -> registry.add("x", "memory", "/b", false)).hasMessage("that is medium 'm' already");
        places.get("/a").id = new UUID(8, 8);
        handles.get("m").leave("its driver went away");
        changed("m", configurations.get("m"));
        assertThat(registry.status("m").problem())
                .contains("is another one than before: its place holds medium " + id)
                .contains(" instead of " + new UUID(8, 8));
    }

    /** What is on the tapes of a medium that is there needs no second name. */
    @Test
    void theTapesOfAMediumAreThatMedium() throws IOException {
        registry.add("m", "memory", "/a", false);
        places.get("/b").id = registry.open("m").id();
        assertThatThrownBy(() -> registry.add("x", "memory", "/b", false)).hasMessage("that is medium 'm' already");
        registry.remove("m");
        registry.add("x", "memory", "/b", false);
        assertThat(registry.status("x").problem()).isNull();
    }

    @Test
    void aDamagedMarkNeedsATakeOver() throws IOException {
        places.get("/a").objects.put("hikae-medium", "hikae-medium 1 ".getBytes());
        assertThatThrownBy(() -> registry.add("m", "memory", "/a", false)).hasMessageContaining("is damaged");
        registry.add("m", "memory", "/a", true);
        assertThat(registry.status("m").problem()).isNull();
    }

    @Test
    void anotherMediumInTheSamePlaceIsNoticed() throws IOException {
        registry.add("m", "memory", "/a", false);
        UsableMedium first = registry.open("m");
        places.get("/a").objects.clear();
        assertThat(registry.status("m").problem()).contains("is empty");
        places.put("/a", new MemoryDriver());
        new OwnerMark(new UUID(7, 7), HOME, Instant.EPOCH).write(first.objects());
        assertThat(registry.status("m").problem()).contains("is another one than before");
    }

    @Test
    void mediaShareNoFolder(@TempDir Path temp) throws IOException {
        Path folder = Files.createDirectories(temp.resolve("vault"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), folder);
        for (Path place :
                List.of(folder, link, folder.resolve("in/it"), temp, link.resolve("in"), temp.resolve("vault2"))) {
            places.put(place.toString(), new MemoryDriver());
        }
        registry.add("m", "memory", folder.toString(), false);
        for (Path refused : List.of(folder, link, folder.resolve("in/it"), temp, link.resolve("in"))) {
            assertThatThrownBy(() -> registry.add("x", "memory", refused.toString(), true))
                    .hasMessageStartingWith(refused.toString())
                    .hasMessageContaining("medium 'm'");
            assertThat(places.get(refused.toString()).objects.size()).isEqualTo(refused.equals(folder) ? 1 : 0);
        }
        registry.add("x", "memory", temp.resolve("vault2").toString(), false);
        assertThat(registry.around(link.resolve("a/b"))).contains("m");
        assertThat(registry.around(folder)).contains("m");
        assertThat(registry.around(temp.resolve("vault/../vault22"))).isEmpty();
        assertThat(registry.around(temp.resolve("other"))).isEmpty();
    }

    @Test
    void aMissingDriverIsTold() throws IOException {
        registry.add("m", "memory", "/a", false);
        registry.unbindDriver("memory", driver);
        configured.unbind("m", handles.get("m"));
        handles.get("m").leave("its driver went away");
        String told = "driver 'memory' is not there: start its bundle";
        assertThat(registry.list().get(0).problem()).isEqualTo(told);
        assertThatThrownBy(() -> registry.open("m")).hasMessage("medium 'm' cannot be used: " + told);
        assertThat(registry.names()).containsExactly("m");
        assertThat(registry.drivers()).isEmpty();
    }

    @Test
    void aMediumThatComesLaterNeedsNoRestart() throws IOException {
        registry.add("m", "memory", "/a", false);
        changed("m", configurations.get("m")); // as after a restart
        MemoryDriver place = places.remove("/a");
        assertThat(registry.status("m").problem()).isEqualTo("/a is not there");
        places.put("/a", place);
        assertThat(registry.status("m").problem()).isNull();
    }

    @Test
    void aUsedMediumIsNotRemoved() throws IOException {
        registry.add("m", "memory", "/a", false);
        try (UsableMedium.Use use = registry.open("m").use("data@1 is being written")) {
            assertThat(use).isNotNull();
            assertThatThrownBy(() -> registry.remove("m"))
                    .hasMessageContaining("medium 'm' is in use: data@1 is being written");
        }
        registry.remove("m");
        assertThat(registry.list()).isEmpty();
        assertThatThrownBy(() -> registry.remove("m")).hasMessageContaining("there is no medium 'm'");
        assertThat(places.get("/a").objects).containsOnlyKeys("hikae-medium");
        registry.add("again", "memory", "/a", false);
    }

    @Test
    void aDriverThatBreaksItsContractIsContained() throws IOException {
        registry.bindDriver("wild", location -> {
            throw new IllegalStateException("wild");
        });
        registry.bindDriver("nothing", location -> null);
        assertThatThrownBy(() -> registry.add("x", "wild", "/a", false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its driver failed with java.lang.IllegalStateException: wild");
        assertThatThrownBy(() -> registry.add("x", "nothing", "/a", false)).hasMessageContaining("opened nothing");
        registry.add("m", "memory", "/a", false);
        places.get("/a").fault = what -> {
            throw new NullPointerException();
        };
        assertThat(registry.status("m").problem()).contains("its driver failed with");
    }

    @Test
    void configurationsThatPeopleWroteGetTheirTarget() throws IOException {
        configurations.put("m", Map.of("name", "m", "driver", "memory", "location", "/a"));
        configurations.put("n", Map.of("name", "n", "driver", "no)name", "location", "/a"));
        new DriverTargets(configurations.admin()).correct("org.hikae.medium");
        assertThat(configurations.get("m").get("driver.target")).isEqualTo("(hikae.media.driver=memory)");
        assertThat(configurations.get("m").get("location")).isEqualTo("/a");
        assertThat(configurations.get("n").get("driver.target")).isNull();
    }
}
