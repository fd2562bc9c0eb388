package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.hikae.api.backup.Retention;
import org.hikae.api.catalog.Catalog;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.center.Conditions;
import org.hikae.api.files.center.Files;
import org.hikae.api.files.center.FilesCenter;
import org.hikae.api.media.ObjectAreas;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.files.transfer.identity.IdentityFiles;
import org.hikae.files.transfer.identity.Token;
import org.hikae.files.transfer.uplink.Joining;
import org.hikae.files.transfer.uplink.Uplink;
import org.hikae.files.transfer.uplink.UplinkTimes;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** f.4: collected files lie on tape as on disks: they are listed, read, verified and dropped there, and come back from cartridges alone. */
public class FilesOnTapeIT extends InTapeLab {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TAPE = "vault";
    private static final String BESIDE = "beside";
    private static final String AREA = "files";

    private FilesCenter center;
    private final RunsInMemory outbox = new RunsInMemory();
    private Uplink uplink;
    private byte[] content;

    @Before
    public void collectOntoTape() throws Exception {
        makeLibrary();
        lab.media().add(TAPE, "tape", LIBRARY, false);
        center = lab.services.get(FilesCenter.class);
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        center.start("127.0.0.1:" + port, null, TAPE);
        center.setConditions(new Conditions(List.of(), 2, List.of(), 0, 0));
        URI uri = URI.create("https://127.0.0.1:" + port);
        Token token = Token.parse(center.invite("tina", true)).orElseThrow();
        var joined = Joining.join(
                uri, token, new IdentityFiles(lab.folder.resolve("tina")), UplinkTimes.USUAL, Clock.systemUTC());
        uplink = new Uplink(
                uri, joined.identity(), outbox, List::of, UplinkTimes.USUAL, Clock.systemUTC(), new Random(1));
        uplink.start();
        content = new byte[3_000_000];
        new Random(5).nextBytes(content);
        send(1);
        send(2);
    }

    private void send(long number) throws IOException {
        outbox.add("tina", number, "/home/t " + number, content);
        uplink.changed();
        Awaitility.await().atMost(PATIENCE).until(() -> outbox.runs.isEmpty());
    }

    @After
    public void stop() throws Exception {
        center.setRetention(null, null);
        uplink.close();
        // The medium goes with the library: nothing may be on it, nor come to it.
        try (Medium area = lab.services.get(ObjectAreas.class).open(TAPE, AREA)) {
            for (MediumObject each : area.list(AREA + "/")) {
                area.delete(each.name());
            }
        }
        if (lab.media().list().stream().noneMatch(each -> each.name().equals(BESIDE))) {
            Path folder = java.nio.file.Files.createDirectories(lab.folder.resolve(BESIDE));
            lab.media().add(BESIDE, "directory", folder.toString(), false);
        }
        center.start(null, null, BESIDE);
        center.stop();
        assertThat(listed()).isEmpty();
    }

    private List<StoredVersion> listed() throws IOException {
        List<StoredVersion> all = new ArrayList<>();
        center.files(new Files("tina", null, null, null), all::add);
        return all;
    }

    private void assertRead() throws Exception {
        for (StoredVersion each : listed()) {
            assertThat(FilesCenterIT.back(uplink, each)).isEqualTo(content);
        }
        done(center.verify("tina"));
    }

    @Test
    public void filesAreReadFromTapeAndDropped() throws Exception {
        assertThat(listed()).hasSize(2).allMatch(each -> each.medium().equals(TAPE));
        assertRead();
        center.setRetention(null, new Retention(1, 0, 0, 0, 0, 0));
        Awaitility.await().atMost(PATIENCE).until(() -> listed().size() == 1);
        assertRead();
        done(lab.services.get(Catalog.class).rebuild());
        assertThat(listed()).hasSize(1);
        assertRead();
    }

    @Test
    public void filesComeBackFromTheCartridges() throws Exception {
        center.stop();
        List<StoredVersion> before = listed();
        done(tapeJobs().rebuild(true));
        center.start(null, null, null);
        assertThat(listed()).isEqualTo(before);
        assertRead();
    }
}
