package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Exports and mounts, for people and for programs. */
class NbdTest {

    private final Platform platform = Platform.filled();

    @Test
    void exports() {
        platform.run("generation", "mount", "data@1");
        assertThat(platform.run("nbd", "list").out())
                .isEqualTo(
                        """
                        EXPORT     SIZE  MODE        CLIENTS  URI
                        data    256 MiB  read-write        2  nbd+unix:///data?socket=/home/nbd.sock
                        data@1  256 MiB  mounted           0  nbd+unix:///data@1?socket=/home/nbd.sock
                        """);
        assertThat(platform.run("nbd", "list").err()).isEmpty();
        platform.run("nbd", "listen", "127.0.0.1:10809");
        assertThat(platform.run("nbd", "list").err()).isEqualTo("over TCP too: nbd://127.0.0.1:10809/EXPORT\n");
        assertThat(platform.run("nbd", "list", "--json").err()).isEmpty();
        platform.run("nbd", "unlisten");
        assertThat(platform.run("nbd", "list").err()).isEmpty();
    }

    @Test
    void aMountSaysHowToConnect() {
        Platform.Outcome outcome = platform.run("generation", "mount", "data@1");
        assertThat(outcome.out()).isEqualTo("generation data@1 is mounted: nbd+unix:///data@1?socket=/home/nbd.sock\n");
        assertThat(outcome.err()).contains("nbdinfo 'nbd+unix:///data@1?socket=/home/nbd.sock'");
        assertThat(platform.run("generation", "mount", "data@1", "--json").out())
                .contains("\"uri\": \"nbd+unix:///data@1?socket=/home/nbd.sock\"");
    }

    @Test
    void mountedGenerationsAreListedAsSuch() {
        platform.width = 0;
        assertThat(platform.run("generation", "list").out()).doesNotContain("MOUNTED");
        platform.run("generation", "mount", "data@1");
        assertThat(platform.run("generation", "list").out())
                .isEqualTo(
                        """
                        ID      KIND  PARENT  INSTANT                       SIZE     DATA  STORED  MEDIUM  MOUNTED  PROBLEM
                        data@1  full  -       2026-11-05T21:00:00+09:00  256 MiB  200 MiB  64 MiB  m1      yes      -
                        data@2  full  -       2026-11-05T21:00:00+09:00  256 MiB  200 MiB  64 MiB  m1      -        its manifest is damaged
                        """);
        assertThat(platform.run("generation", "unmount", "data@1").exit()).isZero();
        assertThat(platform.run("generation", "unmount", "data@1").message())
                .isEqualTo("generation unmount: generation data@1 is not mounted; see 'nbd list'");
    }

    @Test
    void withoutTheUnitDisksAndGenerationsAreShownAllTheSame() {
        platform.services.remove(org.hikae.api.nbd.NbdServer.class);
        assertThat(platform.run("disk", "info", "data", "--json").out()).contains("\"nbd\": null");
        assertThat(platform.run("generation", "info", "data@1", "--json").out()).contains("\"mounted\": false");
        assertThat(platform.run("nbd", "list").message()).contains("the unit 'nbd' is not there");
    }
}
