package org.hikae.files.transfer.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.hikae.api.files.Confirmation;
import org.hikae.api.files.Reach;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.RunKey;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.TransferWindow;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
    private static final Instant TIME = Instant.parse("2026-03-29T01:59:59.123456789Z");
    private static final UUID ID = UUID.fromString("00000000-0000-0001-0000-000000000007");
    private static final RunId RUN = new RunId("alice@r1", "home", Long.MAX_VALUE);
    private static final FileName ODD = FileName.parse("/\\xff\\x0a/\"é\\");
    private static final TransferWindow WINDOW = new TransferWindow(
            EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY),
            LocalTime.of(22, 0),
            LocalTime.of(5, 30),
            ZoneId.of("Europe/Berlin"));
    private static final RunInfo INFO = new RunInfo(RUN, ID, 7, TIME, WINDOW, true, 3, Long.MAX_VALUE, 0);

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void comeBack() throws IOException {
        About about = new About(List.of(1, 2), UUID.randomUUID());
        assertThat(Messages.about(Messages.write(about))).isEqualTo(about);
        EnrollRequest enroll = new EnrollRequest("t.s", "key", "proof");
        assertThat(Messages.enrollRequest(Messages.write(enroll))).isEqualTo(enroll);
        EnrollReply enrolled = new EnrollReply("alice", "c", "ca", Map.of("home", 7L, "etc", 0L));
        assertThat(Messages.enrollReply(Messages.write(enrolled))).isEqualTo(enrolled);
        UploadReply uploaded = new UploadReply(ID, 5, false, UploadReply.Why.PAUSED);
        assertThat(Messages.uploadReply(Messages.write(uploaded))).isEqualTo(uploaded);
        ErrorReply error = new ErrorReply(ErrorReply.LOOP, "ein Satz: é");
        assertThat(Messages.errorReply(Messages.write(error))).isEqualTo(error);
    }

    @Test
    void pollsComeBack() throws IOException {
        RunInfo any = new RunInfo(RUN, ID, 0, TIME, null, false, 1, 0, 0);
        RunInfo upon = new RunInfo(RUN, ID, 7, UUID.randomUUID(), TIME, null, false, 1, 0, 0);
        PollRequest poll =
                new PollRequest(UUID.randomUUID(), 9, List.of(UUID.randomUUID()), List.of(INFO, any, upon), true);
        assertThat(Messages.pollRequest(Messages.write(poll))).isEqualTo(poll);
        PollReply reply = new PollReply(
                List.of(new PollReply.Order(RUN, 4, 0, TIME, true)),
                List.of(new PollReply.Receipt(RUN, ID, 4, false), new PollReply.Receipt(RUN, ID, 5, true)),
                List.of(new PollReply.Full("alice", "home", 7)),
                List.of(new PollReply.Problem(RUN, ID, "why", true)),
                30);
        assertThat(Messages.pollReply(Messages.write(reply))).isEqualTo(reply);
    }

    /** Sides that know nothing of these fields neither say nor read them. */
    @Test
    void whatIsAskedOfCentersComesBackAndNeedNotBeThere() throws IOException {
        RunKey key = new RunKey(RUN, ID);
        PollRequest poll = new PollRequest(UUID.randomUUID(), 9, List.of(), List.of(), false, List.of(key));
        assertThat(Messages.pollRequest(Messages.write(poll))).isEqualTo(poll);
        PollReply reply = new PollReply(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0,
                List.of(
                        new Confirmation(key, List.of(new UUID(1, 1), new UUID(2, 2)), true, false),
                        new Confirmation(key, List.of(), false, true)));
        assertThat(Messages.pollReply(Messages.write(reply))).isEqualTo(reply);
        PollReply nothing = new PollReply(List.of(), List.of(), List.of(), List.of(), 0);
        assertThat(new String(Messages.write(nothing), StandardCharsets.UTF_8)).doesNotContain("confirmed");
        PollReply nobodys = new PollReply(
                List.of(), List.of(), List.of(), List.of(), 0, List.of(new Confirmation(key, List.of(), true, false)));
        assertThatThrownBy(() -> Messages.pollReply(Messages.write(nobodys))).isInstanceOf(MessageException.class);
    }

    @Test
    void versionsComeBack() throws IOException {
        VersionsRequest all = new VersionsRequest("alice", "home", ODD, true, TIME, false, "after", 10_000);
        assertThat(Messages.versionsRequest(Messages.write(all))).isEqualTo(all);
        VersionsRequest least = new VersionsRequest("alice", null, null, false, null, true, null, 1);
        assertThat(Messages.versionsRequest(Messages.write(least))).isEqualTo(least);
        VersionsLine version = new VersionsLine.Version(new StoredVersion(
                RUN, ODD, 9, TIME, FileType.REGULAR, Long.MAX_VALUE, TIME, "ab".repeat(32), "m", "doubt"));
        VersionsLine folder = new VersionsLine.Version(
                new StoredVersion(RUN, ODD, 0, TIME, FileType.DIRECTORY, 0, TIME, null, null, null));
        for (VersionsLine line : List.of(
                version,
                folder,
                new VersionsLine.Last(null),
                new VersionsLine.Last("x"),
                new VersionsLine.Last(null, Map.of()),
                new VersionsLine.Last("x", Map.of("docs", new Reach(2, 5, true), "home", Reach.NONE)))) {
            byte[] written = Messages.write(line);
            assertThat(new String(written, StandardCharsets.UTF_8))
                    .endsWith("\n")
                    .containsOnlyOnce("\n");
            assertThat(Messages.versionsLine(written)).isEqualTo(line);
        }
        ContentRequest content = new ContentRequest("alice", List.of(new VersionKey("home", 3, ODD)), 1);
        assertThat(Messages.contentRequest(Messages.write(content))).isEqualTo(content);
        ContentRequest begun = new ContentRequest(
                "alice", content.versions(), 1, new ContentRequest.Begun(Long.MAX_VALUE, "0f".repeat(32)));
        assertThat(Messages.contentRequest(Messages.write(begun))).isEqualTo(begun);
    }

    @Test
    void whatWasBegunHasAHash() {
        for (String begun : List.of(
                "'skipBytes':1", "'skipBytes':1,'sha256':'ab'", "'skipBytes':-1,'sha256':'" + "ab".repeat(32) + "'")) {
            byte[] request =
                    json("{'origin':'a','versions':[{'backup':'b','run':1,'path':'/x'}],'skipFiles':0," + begun + "}");
            assertThatThrownBy(() -> Messages.contentRequest(request)).isInstanceOf(MessageException.class);
        }
    }

    @Test
    void fieldsOfANewerSideAreLeftAlone() throws IOException {
        assertThat(
                        Messages.uploadReply(
                                json(
                                        "{'identity':'00000000-0000-0001-0000-000000000007','frames':1,'complete':true,'why':'complete','more':{'a':[1]}}")))
                .isEqualTo(new UploadReply(ID, 1, true, UploadReply.Why.COMPLETE));
    }

    @Test
    void theLongestPathComesBack() throws IOException {
        byte[] bytes = new byte[65_535];
        Arrays.fill(bytes, (byte) 0xff);
        bytes[0] = '/';
        ContentRequest content = new ContentRequest("a", List.of(new VersionKey("home", 3, FileName.of(bytes))), 0);
        assertThat(Messages.contentRequest(Messages.write(content))).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "1",
                "{",
                "{}x",
                "{'identity':'00000000-0000-0001-0000-000000000007','frames':1,'frames':1,'complete':true,'why':'complete'}",
                "{'identity':'00000000-0000-0001-0000-000000000007','frames':-1,'complete':true,'why':'complete'}",
                "{'identity':'00000000-0000-0001-0000-000000000007','frames':1.5,'complete':true,'why':'complete'}",
                "{'identity':'00000000-0000-0001-0000-000000000007','frames':'1','complete':true,'why':'complete'}",
                "{'identity':'00000000-0000-0001-0000-000000000007','frames':9223372036854775808,'complete':true,'why':'complete'}",
                "{'identity':'00000000-0000-0001-0000-000000000007','frames':99999999999999999999999999999999999,'complete':true,'why':'complete'}",
                "{'identity':'00000000-0000-0001-0000-000000000007','frames':1,'complete':1,'why':'complete'}",
                "{'identity':'00000000-0000-0001-0000-000000000007','frames':1,'complete':true,'why':'COMPLETE'}",
                "{'identity':'00000000-0000-0001-0000-000000000007','frames':1,'complete':true}",
                "{'identity':'7','frames':1,'complete':true,'why':'complete'}",
                "{'frames':1,'complete':true,'why':'complete'}"
            })
    void thatMakeNoSense(String text) {
        assertThatThrownBy(() -> Messages.uploadReply(json(text))).isInstanceOf(MessageException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'origin':'a/b'",
                "'origin':'..'",
                "'origin':'a@@b'",
                "'backup':'../x'",
                "'backup':''",
                "'number':0",
                "'identity':'x'",
                "'base':5",
                "'base':6",
                "'frames':0",
                "'frames':2147483649",
                "'taken':'yesterday'",
                "'bytes':-1",
                "'window':{}",
                "'window':{'days':[],'from':'01:00','to':'02:00','zone':'UTC'}",
                "'window':{'days':['monday'],'from':'25:00','to':'02:00','zone':'UTC'}",
                "'window':{'days':['monday'],'from':'01:00','to':'02:00','zone':'Nowhere/Never'}"
            })
    void runsThatMakeNoSense(String field) throws IOException {
        String right =
                "'origin':'a','backup':'b','number':5,'identity':'00000000-0000-0001-0000-000000000007','base':4,'taken':'2026-01-01T00:00:00Z','finish':false,"
                        + "'frames':2,'bytes':1,'files':1";
        Messages.pollRequest(json(poll(right)));
        String name = field.substring(0, field.indexOf(':') + 1);
        String wrong = right.contains(name) ? right.replaceFirst(name + "[^,]*", field) : right + "," + field;
        assertThatThrownBy(() -> Messages.pollRequest(json(poll(wrong)))).isInstanceOf(MessageException.class);
    }

    private static String poll(String run) {
        return "{'incarnation':'00000000-0000-0000-0000-000000000001','sequence':1,'route':[],'runs':[{" + run + "}]}";
    }

    @Test
    void thatAreTooMuch() {
        PollRequest poll = new PollRequest(
                UUID.randomUUID(), 1, List.of(), Collections.nCopies(Protocol.MAX_RUNS + 1, INFO), false);
        assertThatThrownBy(() -> Messages.pollRequest(Messages.write(poll))).isInstanceOf(MessageException.class);
        String deep = "{'a':" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThatThrownBy(() -> Messages.about(json(deep))).isInstanceOf(MessageException.class);
        String large = "{'code':'" + "x".repeat(2000) + "','text':''}";
        assertThatThrownBy(() -> Messages.errorReply(json(large))).isInstanceOf(MessageException.class);
        ContentRequest none = new ContentRequest("a", List.of(), 0);
        assertThatThrownBy(() -> Messages.contentRequest(Messages.write(none))).isInstanceOf(MessageException.class);
        VersionsRequest zero = new VersionsRequest("a", null, null, false, null, true, null, 0);
        assertThatThrownBy(() -> Messages.versionsRequest(Messages.write(zero))).isInstanceOf(MessageException.class);
    }

    @Test
    void withFlippedBytes() {
        long seed = Long.getLong("hikae.seed", System.nanoTime());
        Random random = new Random(seed);
        byte[] right = Messages.write(new PollRequest(UUID.randomUUID(), 9, List.of(), List.of(INFO), true));
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = right.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            try {
                assertThat(Messages.pollRequest(bytes)).isNotNull();
            } catch (MessageException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (RuntimeException e) {
                throw new AssertionError("-Dhikae.seed=" + seed + " makes it again", e);
            }
        }
    }
}
