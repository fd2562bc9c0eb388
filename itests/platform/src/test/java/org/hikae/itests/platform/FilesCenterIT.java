package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.center.CenterStatus;
import org.hikae.api.files.center.Conditions;
import org.hikae.api.files.center.FilesCenter;
import org.hikae.api.files.center.Transfer;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.Media;
import org.hikae.files.transfer.identity.IdentityFiles;
import org.hikae.files.transfer.identity.Token;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.VersionKey;
import org.hikae.files.transfer.message.VersionsRequest;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunReader;
import org.hikae.files.transfer.uplink.Joining;
import org.hikae.files.transfer.uplink.Uplink;
import org.hikae.files.transfer.uplink.UplinkTimes;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** A center with the server that ships, from its first start to a file that comes back. */
public class FilesCenterIT extends InFramework {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private FilesCenter center;
    private int port;
    private Path folder;

    @Before
    public void addMedium() throws IOException {
        center = services.get(FilesCenter.class);
        folder = Files.createTempDirectory("hikae-files-center");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String name = "m" + port;
        Files.createDirectory(folder.resolve(name));
        services.get(Media.class).add(name, "directory", folder.resolve(name).toString(), false);
    }

    private String medium() {
        return "m" + port;
    }

    private String address() {
        return "127.0.0.1:" + port;
    }

    @After
    public void stop() throws IOException {
        if (center.status().running()) {
            center.stop();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    public void nothingListensButBetweenStartAndStop() throws IOException {
        assertThat(listens(8080)).isFalse();
        assertThat(listens(port)).isFalse();
        CenterStatus started = center.start(address(), null, medium());
        assertThat(started.running()).isTrue();
        assertThat(started.problems()).isEmpty();
        assertThat(listens(port)).isTrue();
        assertThat(listens(8080)).isFalse();
        center.stop();
        assertThat(listens(port)).isFalse();
        assertThat(center.start(null, null, null).address()).isEqualTo(address());
        assertThat(listens(port)).isTrue();
    }

    @Test
    public void anAddressThatIsTakenIsSaid() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String other = "127.0.0.1:" + taken.getLocalPort();
            assertThatThrownBy(() -> center.start(other, null, medium()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(other);
            assertThat(center.status().running()).isFalse();
        }
        assertThatThrownBy(() -> center.start(address(), null, "nowhere")).hasMessageContaining("nowhere");
    }

    @Test
    public void aRunArrivesAndItsFileComesBack() throws Exception {
        center.start(address(), null, medium());
        center.setConditions(new Conditions(List.of(), 2, List.of(), 0, 0));
        RunsInMemory outbox = new RunsInMemory();
        byte[] content = new byte[3_000_000];
        new Random(5).nextBytes(content);
        Token token = Token.parse(center.invite("alice", false)).orElseThrow();
        URI uri = URI.create("https://" + address());
        Clock clock = Clock.systemUTC();
        var joined = Joining.join(uri, token, new IdentityFiles(folder.resolve("alice")), UplinkTimes.USUAL, clock);
        try (Uplink uplink =
                new Uplink(uri, joined.identity(), outbox, List::of, UplinkTimes.USUAL, clock, new Random(1))) {
            uplink.start();
            outbox.add("alice", 1, "/home/a \u00fc", content);
            uplink.changed();
            Awaitility.await().atMost(PATIENCE).until(() -> outbox.runs.isEmpty());

            List<StoredVersion> stored = new ArrayList<>();
            uplink.versions(new VersionsRequest("alice", null, null, false, null, true, null, 100), stored::add);
            assertThat(stored).hasSize(1);
            assertThat(stored.get(0).size()).isEqualTo(content.length);
            assertThat(back(uplink, stored.get(0))).isEqualTo(content);
        }
        List<StoredVersion> listed = new ArrayList<>();
        center.files(new org.hikae.api.files.center.Files("alice", null, null, null), listed::add);
        assertThat(listed).hasSize(1);
        List<Transfer> transfers = new ArrayList<>();
        center.history("alice", 0, transfers::add);
        assertThat(transfers).isNotEmpty();
        assertThat(Lab.end(center.verify(null)).state()).isEqualTo(JobInfo.State.DONE);
        assertThat(Lab.end(center.collectNow()).state()).isEqualTo(JobInfo.State.DONE);
    }

    static byte[] back(Uplink uplink, StoredVersion version) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        VersionKey key = new VersionKey(version.run().backup(), version.run().number(), version.path());
        try (ReadableByteChannel frames =
                        uplink.content(new ContentRequest(version.run().origin(), List.of(key), 0));
                RunReader reader = new RunReader(frames)) {
            for (RunItem item = reader.next(); item != null; item = reader.next()) {
                if (item instanceof RunItem.Data data) {
                    byte[] bytes = new byte[data.bytes().remaining()];
                    data.bytes().duplicate().get(bytes);
                    content.writeBytes(bytes);
                }
            }
        }
        return content.toByteArray();
    }
}
