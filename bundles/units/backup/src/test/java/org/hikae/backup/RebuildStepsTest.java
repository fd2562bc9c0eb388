package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hikae.api.catalog.Rebuilder;
import org.hikae.api.job.Job;
import org.hikae.api.job.Progress;
import org.hikae.api.tape.LibraryStatus;
import org.hikae.api.tape.ScanReport;
import org.junit.jupiter.api.Test;

/** Making known what is on tape and nowhere else. */
class RebuildStepsTest {

    private static final UUID M = FakeObjects.medium("m");
    private static final UUID N = FakeObjects.medium("n");

    private final TapeJobsFixture all = new TapeJobsFixture();
    private final Map<UUID, String> onTape = new LinkedHashMap<>();
    private List<String> problems = List.of();
    private boolean allCartridges;

    private List<LibraryStatus> libraries =
            List.of(new LibraryStatus("lib", "virtual", "/l", List.of(), List.of(), null));

    private Job rebuild() throws IOException {
        all.tapes((method, arguments) -> {
            if (!method.equals("scan")) {
                return method.equals("libraries") ? libraries : List.of();
            }
            allCartridges = (boolean) arguments[0];
            return new ScanReport(3, 17, onTape, problems);
        });
        return all.unit.rebuild(true);
    }

    @Test
    void withoutALibraryThereIsNothingToRead() throws Exception {
        libraries = List.of();
        assertThat(TapeJobsFixture.failure(rebuild()))
                .hasMessage("there are no tape libraries to read cartridges in; see 'tape library add --help'");
    }

    @Test
    void mediaThatAreNotThereAreAdded() throws Exception {
        onTape.put(M, "m");
        onTape.put(N, "n");
        all.medium("n", -1, -1, null);
        all.ids.put("n", N);
        all.store.add(null, TapeJobsFixture.NOON);
        all.store.medium = "other";
        all.store.add(null, TapeJobsFixture.NOON);
        assertThat(TapeJobsFixture.result(rebuild()))
                .isEqualTo(Map.of("cartridges", 3L, "objects", 17L, "addedMedia", "m", "generations", 1L));
        assertThat(all.added).containsExactly("m tape " + M);
        assertThat(allCartridges).isTrue();
        assertThat(TapeJobsFixture.result(rebuild())).containsEntry("addedMedia", "");
        assertThat(all.added).hasSize(1);
    }

    @Test
    void whatIsNoGenerationIsEnteredInItsTables() throws Exception {
        onTape.put(M, "m");
        all.unit.bindRebuilder(rebuilder(() -> {
            assertThat(all.added).as("media that are there by then").hasSize(1);
            return Map.of("fileParts", 5L);
        }));
        assertThat(TapeJobsFixture.result(rebuild())).containsEntry("fileParts", 5L);
        all.unit.bindRebuilder(rebuilder(() -> {
            throw new IOException("the database is away");
        }));
        assertThat(TapeJobsFixture.failure(rebuild())).hasMessageContaining("the database is away");
    }

    private interface Entered {
        Map<String, Object> get() throws IOException;
    }

    private static Rebuilder rebuilder(Entered entered) {
        return new Rebuilder() {
            @Override
            public Map<String, Object> rebuild(Progress progress) {
                throw new AssertionError("what the tables have stays");
            }

            @Override
            public Map<String, Object> complete(Progress progress) throws IOException {
                return entered.get();
            }
        };
    }

    @Test
    void oneThatIsThereUnderAnotherNameIsTheSame() throws Exception {
        onTape.put(M, "m");
        all.medium("renamed", -1, -1, null);
        all.ids.put("renamed", M);
        assertThat(TapeJobsFixture.result(rebuild())).containsEntry("addedMedia", "");
    }

    @Test
    void aNameThatIsTakenByAnotherOneGetsANumber() throws Exception {
        onTape.put(M, "m");
        for (String name : List.of("m", "m-2")) {
            all.medium(name, -1, -1, null);
            all.ids.put(name, FakeObjects.medium("another " + name));
        }
        assertThat(TapeJobsFixture.result(rebuild())).containsEntry("addedMedia", "m-3");
    }

    @Test
    void aNameThatNoMediumCanHaveIsMadeUp() throws Exception {
        onTape.put(M, "../../etc\n");
        assertThat(TapeJobsFixture.result(rebuild()))
                .containsEntry("addedMedia", "tape-" + M.toString().substring(0, 8));
    }

    /** It may come back, and there must not be two of the same. */
    @Test
    void ofOneThatCannotBeUsedItIsSaidWhatToDo() throws Exception {
        onTape.put(M, "m");
        onTape.put(N, "n");
        all.medium("m", -1, -1, "its folder is gone");
        assertThat(TapeJobsFixture.failure(rebuild()))
                .isInstanceOf(IOException.class)
                .hasMessage("medium 'm' was not added: there is one of that name that cannot be used (its folder is"
                        + " gone), and may be the same; if it is lost for good, 'medium remove m' and do this"
                        + " again; what else the cartridges say is known: 17 more objects, and the media n");
        assertThat(all.added).containsExactly("n tape " + N);
    }

    @Test
    void whatCannotBeReadIsToldWhenAllElseIsKnown() throws Exception {
        onTape.put(M, "m");
        problems = List.of("cartridge HK1 cannot be read at block 9", "cartridge HK2 is in no library");
        assertThat(TapeJobsFixture.failure(rebuild()))
                .hasMessageStartingWith(
                        "cartridge HK1 cannot be read at block 9; cartridge HK2 is in no library; what" + " else");
        assertThat(all.added).hasSize(1);
    }
}
