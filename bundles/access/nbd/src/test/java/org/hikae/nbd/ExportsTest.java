package org.hikae.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.hikae.api.media.Generations;
import org.hikae.api.nbd.NbdExport;
import org.hikae.nbd.export.Catalogue;
import org.hikae.nbd.export.Exports;
import org.hikae.nbd.export.Lease;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What names stand for, and how long devices are open. */
class ExportsTest {

    private final FakePlatform platform = new FakePlatform();
    private final Generations generations = platform.generations();
    private final Exports exports = new Exports(platform.disks(), platform.nodes(), () -> generations);

    private List<MemoryDevice> opened(String what) {
        return platform.opened.getOrDefault(what, List.of());
    }

    private NbdExport described(String name) {
        return exports.describe(export -> "uri:" + export).stream()
                .filter(export -> export.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Nested
    class Names {

        @ParameterizedTest
        @CsvSource({
            "data, data, n1/data, disk data",
            "n1/data, data, n1/data, disk data",
            "n2/data, n2/data, n2/data, disk data through node n2",
            "data@1, data@1, data@1, disk data as it stood at 2026-11-05T12:00:00Z"
        })
        void standForDevices(String name, String usual, String device, String description) throws IOException {
            platform.addNode("n2");
            try (Lease lease = exports.open(name)) {
                assertThat(lease.name()).isEqualTo(usual);
                assertThat(lease.description()).isEqualTo(description);
                assertThat(opened(device)).hasSize(1);
            }
        }

        @ParameterizedTest
        @CsvSource({
            "'', there is no default export: give the name of a disk or a generation",
            "nothing, there is no disk 'nothing'; see 'disk list'",
            "n9/data, there is no node 'n9'; see 'node list'",
            "data@7, there is no generation data@7",
            "n1/data@1, there is no disk 'data@1'; see 'disk list'",
            "../data, there is no node '..'; see 'node list'"
        })
        void thatStandForNothingAreRefused(String name, String message) {
            assertThatThrownBy(() -> exports.open(name))
                    .isInstanceOf(IOException.class)
                    .hasMessage(message);
        }

        @Test
        void theUsualNodeIsTheFirstWhereThereIsNoN1() throws IOException {
            platform.nodes.clear();
            platform.addNode("b");
            platform.addNode("a");
            try (Lease lease = exports.open("data")) {
                assertThat(lease.name()).isEqualTo("data");
                assertThat(opened("a/data")).hasSize(1);
            }
        }

        @Test
        void whatCannotBeOpenedIsNotOffered() {
            assertThat(exports.list()).extracting(Catalogue.Entry::name).containsExactly("data", "data@1");
        }
    }

    @Nested
    class Leases {

        @Test
        void shareADeviceFromTheFirstToTheLast() throws IOException {
            Lease first = exports.open("data");
            Lease second = exports.open("n1/data");
            assertThat(first.device()).isSameAs(second.device());
            assertThat(described("data").clients()).isEqualTo(2);
            first.close();
            first.close();
            assertThat(opened("n1/data").get(0).closed).as("one is left").isFalse();
            second.close();
            assertThat(opened("n1/data").get(0).closed).isTrue();
            assertThat(described("data").clients()).isZero();
        }

        @Test
        void afterTheLastTheDeviceIsOpenedAnew() throws IOException {
            exports.open("data").close();
            exports.open("data").close();
            assertThat(opened("n1/data")).hasSize(2).allMatch(device -> device.closed);
        }

        @Test
        void ofANodeThatWasRemovedAndAddedAgainAreOthers() throws IOException {
            try (Lease old = exports.open("data")) {
                platform.nodes.clear();
                platform.addNode("n1");
                try (Lease anew = exports.open("data")) {
                    assertThat(anew.device()).isNotSameAs(old.device());
                }
                assertThat(opened("n1/data").get(0).closed).isFalse();
            }
        }

        @Test
        void thatFailKeepNothingOpen() throws IOException {
            assertThatThrownBy(() -> exports.open("nothing")).isInstanceOf(IOException.class);
            assertThat(exports.describe(name -> name))
                    .extracting(NbdExport::name)
                    .doesNotContain("nothing");
        }

        @Test
        void ofDisksThroughOtherNodesAreListedWhileTheyLast() throws IOException {
            platform.addNode("n2");
            try (Lease lease = exports.open("n2/data")) {
                assertThat(described(lease.name()).clients()).isEqualTo(1);
            }
            assertThat(exports.describe(name -> name))
                    .extracting(NbdExport::name)
                    .doesNotContain("n2/data");
        }
    }

    @Nested
    class Mounts {

        @Test
        void keepAGenerationOpen() throws IOException {
            assertThat(exports.mount("data@1")).isEqualTo(FakePlatform.SIZE);
            exports.mount("data@1");
            assertThat(opened("data@1")).singleElement().matches(device -> !device.closed);
            assertThat(described("data@1"))
                    .isEqualTo(new NbdExport("data@1", FakePlatform.SIZE, true, 0, true, "uri:data@1", null));
            exports.unmount("data@1");
            assertThat(opened("data@1").get(0).closed).isTrue();
            assertThatThrownBy(() -> exports.unmount("data@1"))
                    .hasMessage("generation data@1 is not mounted; see 'nbd list'");
        }

        @Test
        void areSharedWithClients() throws IOException {
            exports.mount("data@1");
            try (Lease lease = exports.open("data@1")) {
                assertThat(lease.name()).isEqualTo("data@1");
                assertThat(described("data@1").clients()).isEqualTo(1);
                exports.unmount("data@1");
                assertThat(opened("data@1")).singleElement().matches(device -> !device.closed);
            }
            assertThat(opened("data@1").get(0).closed).isTrue();
        }

        @ParameterizedTest
        @CsvSource({"data", "n1/data", "data@2", "data@9"})
        void areOfGenerationsThatCanBeOpened(String name) {
            assertThatThrownBy(() -> exports.mount(name)).isInstanceOf(IOException.class);
            assertThat(exports.mounted()).isEmpty();
        }

        @Test
        void endWithTheServer() throws IOException {
            exports.mount("data@1");
            exports.close();
            assertThat(exports.mounted()).isEmpty();
            assertThat(opened("data@1").get(0).closed).isTrue();
        }
    }

    @Test
    void withoutTheUnitOfGenerationsDisksAreServed() throws IOException {
        Exports alone = new Exports(platform.disks(), platform.nodes(), () -> null);
        assertThat(alone.list()).extracting(Catalogue.Entry::name).containsExactly("data");
        alone.open("data").close();
        assertThatThrownBy(() -> alone.open("data@1")).hasMessageContaining("no generations now");
    }

    @Test
    void exportsWithProblemsAreListedWithThem() {
        assertThat(described("lost").problem()).isEqualTo("there is no such file");
        assertThat(described("lost").size()).isEqualTo(-1);
        assertThat(described("data@2").problem()).isEqualTo("its manifest is damaged");
    }
}
