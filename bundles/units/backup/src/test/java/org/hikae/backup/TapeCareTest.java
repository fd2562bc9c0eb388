package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.api.backup.GenerationOnTape;
import org.hikae.api.backup.TapeJobs;
import org.hikae.api.job.Progress;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.api.tape.LibraryStatus;
import org.hikae.api.tape.TapeObject;
import org.hikae.api.tape.spi.TapeLibrary.Kind;
import org.hikae.api.tape.spi.TapeLibrary.Place;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifying and listing what is on tape, evicting what is proven to be there, and handling cartridges, as jobs. */
class TapeCareTest {

    private final TapeJobsFixture all = new TapeJobsFixture();
    private final FakeTier tier = all.tier;

    @BeforeEach
    void twoOfWhichOneIsOnTape() throws Exception {
        all.store.bytes = 1000;
        all.add(null, Duration.ofDays(2));
        all.add("d@1", Duration.ofDays(1));
        TapeJobsFixture.result(all.unit.write(new TapeJobs.Write(List.of("d@1"), "p", false, false, 1)));
        all.now = all.now.plusSeconds(60);
    }

    @Test
    void copiesAreReadAgain() throws Exception {
        assertThat(TapeJobsFixture.result(all.unit.verify("d@1")))
                .isEqualTo(Map.of("generation", "d@1", "objects", 3L, "bytes", 1030L));
        assertThat(all.unit.generations().get(0).proven()).isEqualTo(all.now);
        tier.rotten.add("d@1/index");
        tier.forget(FakeObjects.medium("m"), "d@1/manifest");
        assertThat(TapeJobsFixture.failure(all.unit.verify("d@1")))
                .isInstanceOf(IOException.class)
                .hasMessage("the copies of generation d@1 cannot be relied upon: d@1/index reads wrong; no copy of"
                        + " d@1/manifest is on tape");
        assertThatThrownBy(() -> all.unit.verify("d@2"))
                .hasMessage("nothing of generation d@2 is on tape; 'tape write d@2' writes it there");
        assertThatThrownBy(() -> all.unit.verify("d@9")).hasMessageContaining("'d@9'");
    }

    @Test
    void whatIsOnTapeIsListed() throws Exception {
        Instant then = TapeJobsFixture.NOON;
        assertThat(all.unit.generations())
                .containsExactly(new GenerationOnTape("d@1", List.of("p"), List.of("P01"), 1030, 0, then, then, null));
        tier.forget(FakeObjects.medium("m"), "d@1/index");
        all.store.add("d@1", then, null, "torn");
        assertThat(all.unit.generations())
                .containsExactly(new GenerationOnTape("d@1", List.of("p"), List.of("P01"), 1020, 1, then, null, null));
        TapeJobsFixture.result(all.unit.write(new TapeJobs.Write(List.of("d@2"), "a", true, false, 1)));
        tier.rotten.add("d@2/index");
        tier.prove(FakeObjects.medium("m"), "d@2/index", Progress.NONE);
        assertThat(all.unit.generations().get(1))
                .isEqualTo(new GenerationOnTape(
                        "d@2", List.of("a"), List.of("A01"), 1030, 0, all.now, null, "d@2/index reads wrong"));
    }

    @Test
    void whatIsProvenToBeOnTapeIsEvicted() throws Exception {
        assertThat(TapeJobsFixture.result(all.unit.evict(List.of("d@1"))))
                .isEqualTo(Map.of("evicted", "d@1", "freedBytes", 1000L));
        assertThat(all.jobs.started.get(1).subject()).isEqualTo("evict d@1");
        assertThat(TapeJobsFixture.failure(all.unit.evict(List.of("d@2", "d@1"))))
                .hasMessage("generation d@2 was not evicted: d@2/data.00.0000 has no proven copy; generation d@1 has no"
                        + " data on its media any more");
        assertThatThrownBy(() -> all.unit.evict(List.of("d@1", "d@9"))).hasMessageContaining("'d@9'");
    }

    @Test
    void oneThatCannotBeEvictedKeepsNoOtherFromIt() throws Exception {
        assertThat(TapeJobsFixture.failure(all.unit.evict(List.of("d@2", "d@1"))))
                .hasMessageEndingWith("has no proven copy; evicted: d@1");
        assertThat(all.store.objects.evicted).containsExactly("d@1");
        assertThat(all.store.objects.held).hasValue(0);
    }

    @Test
    void cartridgesAreHandledByJobs() throws Exception {
        List<String> asked = new ArrayList<>();
        CartridgeInfo cartridge = new CartridgeInfo(
                "HK1",
                null,
                "p",
                CartridgeInfo.State.SCRATCH,
                "lib",
                new Place(Kind.SLOT, 3),
                0,
                0,
                0,
                null,
                null,
                null);
        all.tapes((method, arguments) -> {
            asked.add(method + " " + arguments(arguments));
            return switch (method) {
                case "libraries" -> List.of(new LibraryStatus("lib", "v", "/l", List.of(), List.of(), null));
                case "inventory", "importAll" -> List.of(cartridge, cartridge);
                case "verify", "objects" -> List.of();
                case "cartridge" -> {
                    if (!arguments[0].equals("HK1")) {
                        throw new IOException("there is no cartridge '" + arguments[0] + "'");
                    }
                    yield cartridge;
                }
                default -> cartridge;
            };
        });
        assertThat(TapeJobsFixture.result(all.unit.inventory("lib", true)))
                .isEqualTo(Map.of("number", 2L, "cartridges", "HK1, HK1"));
        TapeJobsFixture.result(all.unit.importAll(null));
        Map<String, Object> slot = Map.of("cartridge", "HK1", "pool", "p", "library", "lib", "place", "slot 3");
        assertThat(TapeJobsFixture.result(all.unit.label("HK1", "q", true))).isEqualTo(slot);
        assertThat(TapeJobsFixture.result(all.unit.erase("HK1", false))).isEqualTo(slot);
        assertThat(TapeJobsFixture.result(all.unit.export("HK1"))).isEqualTo(slot);
        assertThat(TapeJobsFixture.result(all.unit.verifyCartridge("HK1"))).isEqualTo(Map.of("cartridge", "HK1"));
        assertThat(asked)
                .contains(
                        "inventory lib true",
                        "importAll null",
                        "label HK1 q true",
                        "erase HK1 false",
                        "export HK1",
                        "verify HK1");
        assertThatThrownBy(() -> all.unit.inventory("lub", false))
                .hasMessage("there is no tape library 'lub'; there are lib");
        assertThatThrownBy(() -> all.unit.export("HK2")).hasMessageContaining("'HK2'");
        assertThatThrownBy(() -> all.unit.label("HK1", "", false)).hasMessageContaining("name of a pool");
    }

    @Test
    void whatIsGivenUpByErasingIsTold() throws Exception {
        CartridgeInfo cartridge = new CartridgeInfo(
                "HK1", null, null, CartridgeInfo.State.SCRATCH, null, null, 0, 0, 0, null, null, null);
        Instant then = TapeJobsFixture.NOON;
        List<TapeObject> objects = List.of(
                new TapeObject(FakeObjects.medium("m"), "m", "d@1/index", 10, 10, then, then, null, 1),
                new TapeObject(FakeObjects.medium("m"), "m", "d@1/manifest", 10, 10, then, then, null, 0),
                new TapeObject(FakeObjects.medium("m"), "m", "d@2/index", 10, 10, then, null, "torn", 0));
        all.tapes((method, arguments) -> method.equals("objects") ? objects : cartridge);
        assertThat(TapeJobsFixture.result(all.unit.erase("HK1", true)))
                .isEqualTo(Map.of("cartridge", "HK1", "givenUp", 3L, "nowhereElse", 2L));
    }

    /** What has no other place is not lost without a word. */
    @Test
    void whatIsLostWithACartridgeIsToldBefore() throws Exception {
        List<String> asked = new ArrayList<>();
        all.tapes((method, arguments) -> {
            asked.add(method + " " + arguments(arguments));
            return List.of();
        });
        assertThat(TapeJobsFixture.result(all.unit.lose("P01", false)))
                .isEqualTo(Map.of("cartridge", "P01", "givenUp", 0L, "nowhereElse", 0L, "lostGenerations", ""));
        assertThat(asked).contains("lose P01 false");
        TapeJobsFixture.result(all.unit.evict(List.of("d@1")));
        assertThat(TapeJobsFixture.failure(all.unit.lose("P01", false)))
                .hasMessage("cartridge P01 has the only copy of data of d@1, which d@2 build upon: these cannot be read"
                        + " any more if it is lost; 'tape lost --force' declares it lost all the same");
        assertThat(asked).doesNotContain("lose P01 true");
        assertThat(TapeJobsFixture.result(all.unit.lose("P02", false))).containsEntry("lostGenerations", "");
        assertThat(TapeJobsFixture.result(all.unit.lose("P01", true))).containsEntry("lostGenerations", "d@1");
        assertThat(asked).contains("lose P01 true");
    }

    /** What a center has collected on a tape is of no generation, and nowhere else. */
    @Test
    void whatIsOfNoGenerationIsNotLostWithoutAWordEither() throws Exception {
        CartridgeInfo cartridge = new CartridgeInfo(
                "P01", null, "p", CartridgeInfo.State.OFF_SITE, null, null, 0, 0, 0, null, null, null);
        Instant then = TapeJobsFixture.NOON;
        List<String> names = List.of("files/a@b/0001", "files/c/0002", "d@1/index");
        List<TapeObject> objects = names.stream()
                .map(name -> new TapeObject(
                        FakeObjects.medium("v"), "v", name, 10, 10, then, then, null, name.endsWith("2") ? 1 : 0))
                .toList();
        all.tapes((method, arguments) -> method.equals("objects") ? objects : List.of(cartridge));
        assertThat(TapeJobsFixture.failure(all.unit.lose("P01", false)))
                .hasMessageContaining("only copy of 1 objects that are of no generation, such as files/a@b/0001");
        assertThat(TapeJobsFixture.result(all.unit.lose("P01", true)))
                .isEqualTo(Map.of("cartridge", "P01", "givenUp", 3L, "nowhereElse", 2L, "lostGenerations", ""));
    }

    /** Its manifest may be on the cartridge, so that it is not known what else it has there. */
    @Test
    void whatCannotBeReadMayBeLostToo() throws Exception {
        String id = all.store.add("d@1", TapeJobsFixture.NOON, null, "its manifest cannot be read");
        CartridgeInfo cartridge = new CartridgeInfo(
                "P01", null, "p", CartridgeInfo.State.OFF_SITE, null, null, 0, 0, 0, null, null, null);
        Instant then = TapeJobsFixture.NOON;
        TapeObject manifest =
                new TapeObject(FakeObjects.medium("v"), "v", id + "/manifest", 10, 10, then, then, null, 0);
        all.tapes((method, arguments) -> method.equals("objects") ? List.of(manifest) : List.of(cartridge));
        assertThat(TapeJobsFixture.failure(all.unit.lose("P01", false)))
                .hasMessageStartingWith("cartridge P01 has the only copy of data of " + id);
    }

    /** The progress aside. */
    private static String arguments(Object[] arguments) {
        List<String> texts = new ArrayList<>();
        for (Object each : arguments == null ? new Object[0] : arguments) {
            if (!(each instanceof Progress)) {
                texts.add(String.valueOf(each));
            }
        }
        return String.join(" ", texts);
    }

    @Test
    void aCartridgeThatReadsWrongFailsItsVerification() throws Exception {
        all.tapes((method, arguments) -> method.equals("verify") ? List.of("block 7 cannot be read", "block 9") : null);
        assertThat(TapeJobsFixture.failure(all.unit.verifyCartridge("HK1")))
                .hasMessage("cartridge HK1 cannot be relied upon: block 7 cannot be read; block 9");
    }

    @Test
    void withoutTapeControlThatIsSaid() {
        assertThatThrownBy(() -> all.unit.inventory(null, false)).hasMessageContaining("tape control is not there");
        all.tapes((method, arguments) -> List.of());
        assertThatThrownBy(() -> all.unit.inventory(null, false)).hasMessageContaining("there are no tape libraries");
    }
}
