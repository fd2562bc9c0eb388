package org.hikae.files.transfer.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.hikae.api.files.Confirmation;
import org.hikae.api.files.Reach;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.RunKey;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.TransferWindow;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.files.transfer.identity.Origins;
import org.hikae.files.transfer.run.FrameHeader;
import org.hikae.files.transfer.run.ItemRules;

/** Values that messages are made of. */
final class Values {
    private static final int DAYS = 7;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private Values() {}

    static String name(String name) throws MessageException {
        if (!Origins.isName(name)) {
            throw new MessageException("a name that is not allowed");
        }
        return name;
    }

    static String origin(String origin) throws MessageException {
        if (!Origins.isOrigin(origin)) {
            throw new MessageException("a client's name that is not allowed");
        }
        return origin;
    }

    static String backup(String backup) throws MessageException {
        if (!ItemRules.isBackup(backup)) {
            throw new MessageException("a backup's name that is not allowed");
        }
        return backup;
    }

    static long number(Fields fields, String name) throws MessageException {
        long number = fields.number(name);
        if (number < 1) {
            throw Fields.wrong(name);
        }
        return number;
    }

    static FileName path(Fields fields, String name) throws MessageException {
        FileName path = fields.path(name);
        try {
            ItemRules.checkPath(path);
        } catch (IOException e) {
            throw new MessageException(e.getMessage(), e);
        }
        return path;
    }

    /** A text as short as messages have them. */
    static String cut(String text) {
        return text.length() <= Fields.MAX_TEXT ? text : text.substring(0, Fields.MAX_TEXT);
    }

    static ObjectNode put(RunId run, ObjectNode json) {
        return json.put("origin", run.origin()).put("backup", run.backup()).put("number", run.number());
    }

    static RunId run(Fields fields) throws MessageException {
        return new RunId(origin(fields.text("origin")), backup(fields.text("backup")), number(fields, "number"));
    }

    static ObjectNode put(RunKey key, ObjectNode json) {
        return put(key.run(), json).put("identity", key.identity().toString());
    }

    static RunKey runKey(Fields fields) throws MessageException {
        return new RunKey(run(fields), fields.id("identity"));
    }

    static void put(Confirmation confirmation, ObjectNode json) {
        ArrayNode centers = put(confirmation.run(), json).putArray("centers");
        confirmation.centers().forEach(id -> centers.add(id.toString()));
        json.put("everywhere", confirmation.everywhere()).put("lost", confirmation.lost());
    }

    static Confirmation confirmation(Fields fields) throws MessageException {
        Confirmation read = new Confirmation(
                runKey(fields),
                fields.ids("centers", Confirmation.MAX_CENTERS),
                fields.flag("everywhere"),
                fields.flag("lost"));
        if (read.everywhere() && read.centers().isEmpty()) {
            // A receipt is somebody's.
            throw Fields.wrong("centers");
        }
        return read;
    }

    static void put(RunInfo run, ObjectNode json) {
        put(run.id(), json).put("identity", run.identity().toString());
        json.put("base", run.base()).put("taken", run.taken().toString());
        if (run.baseIdentity() != null) {
            json.put("baseIdentity", run.baseIdentity().toString());
        }
        if (run.window() != null) {
            put(run.window(), json.putObject("window"));
        }
        json.put("finish", run.finish());
        json.put("frames", run.frames()).put("bytes", run.bytes()).put("files", run.files());
    }

    static RunInfo runInfo(Fields fields) throws MessageException {
        RunId id = run(fields);
        RunInfo info = new RunInfo(
                id,
                fields.id("identity"),
                fields.number("base", id.number() - 1),
                fields.has("baseIdentity") ? fields.id("baseIdentity") : null,
                fields.time("taken"),
                fields.has("window") ? window(fields.object("window")) : null,
                fields.flag("finish"),
                fields.number("frames", FrameHeader.MAX_NUMBER + 1),
                fields.number("bytes"),
                fields.number("files"));
        if (info.frames() < 1) {
            throw Fields.wrong("frames");
        }
        return info;
    }

    private static void put(TransferWindow window, ObjectNode json) {
        ArrayNode days = json.putArray("days");
        for (DayOfWeek day : EnumSet.copyOf(window.days())) {
            days.add(Messages.word(day));
        }
        json.put("from", window.from().toString()).put("to", window.to().toString());
        json.put("zone", window.zone().getId());
    }

    private static TransferWindow window(Fields fields) throws MessageException {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String word : fields.texts("days", DAYS)) {
            days.add(day(word));
        }
        try {
            return new TransferWindow(
                    days,
                    LocalTime.parse(fields.text("from")),
                    LocalTime.parse(fields.text("to")),
                    ZoneId.of(fields.text("zone")));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new MessageException("a window that makes no sense", e);
        }
    }

    private static DayOfWeek day(String word) throws MessageException {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (Messages.word(day).equals(word)) {
                return day;
            }
        }
        throw Fields.wrong("days");
    }

    static PollReply.Order order(Fields fields) throws MessageException {
        return new PollReply.Order(
                run(fields),
                fields.number("fromFrame", FrameHeader.MAX_NUMBER + 1),
                fields.number("bytesPerSecond"),
                fields.time("until"),
                fields.flag("finish"));
    }

    static void put(Map<String, Reach> reach, ArrayNode json) {
        reach.forEach((backup, each) -> json.addObject()
                .put("backup", backup)
                .put("run", each.run())
                .put("newest", each.last())
                .put("gap", each.gap()));
    }

    static Map<String, Reach> reach(Fields fields) throws MessageException {
        Map<String, Reach> reach = new HashMap<>();
        fields.list(
                "runs",
                VersionsLine.Last.MAX_BACKUPS,
                each -> reach.put(
                        backup(each.text("backup")),
                        new Reach(each.number("run"), each.number("newest"), each.flag("gap"))));
        return reach;
    }

    static void put(StoredVersion version, ObjectNode json) {
        put(version.run(), json).put("path", version.path().toString()).put("until", version.until());
        json.put("taken", version.taken().toString()).put("type", Messages.word(version.type()));
        json.put("size", version.size()).put("modified", version.modified().toString());
        json.put("sha256", version.sha256()).put("medium", version.medium()).put("doubt", version.doubt());
    }

    static StoredVersion version(Fields fields) throws MessageException {
        Instant modified = fields.time("modified");
        String sha256 = fields.textOrNull("sha256");
        if (sha256 != null && !SHA256.matcher(sha256).matches()) {
            throw Fields.wrong("sha256");
        }
        return new StoredVersion(
                run(fields),
                path(fields, "path"),
                fields.number("until"),
                fields.time("taken"),
                fields.choice("type", FileType.class),
                fields.number("size"),
                modified,
                sha256,
                fields.textOrNull("medium"),
                fields.textOrNull("doubt"));
    }
}
