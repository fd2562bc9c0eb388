package org.hikae.shell.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hikae.api.fs.FileType;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.ByteRate;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Printable;
import org.hikae.shell.tree.Attribute;
import org.hikae.shell.tree.CopyListener;
import org.hikae.shell.tree.FileFacts;

/**
 * Work on many files as its caller sees it: progress, what could not be done at once, and in the end how much was done. The
 * command fails in the end if any file did.
 */
final class TreeWork implements CopyListener {

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** So many failures are kept for programs; people see all. */
    private static final int MOST_KEPT = 1000;

    private final Call call;
    private final NodeFiles files;
    private final String done;
    private final LiveLine line;
    private final long started = System.nanoTime();
    private long shown = started;

    private final Map<FileType, Long> counts = new EnumMap<>(FileType.class);
    private long bytes;
    private final List<Json> kept = new ArrayList<>();
    private long failures;
    private final Map<Attribute, Long> lacking = new EnumMap<>(Attribute.class);
    private final Map<Attribute, String> examples = new EnumMap<>(Attribute.class);

    /** @param done what is done to files, such as {@code copied} */
    TreeWork(Call call, NodeFiles files, String done) {
        this.call = call;
        this.files = files;
        this.done = done;
        this.line = new LiveLine(call, System::nanoTime);
    }

    @Override
    public void check() {
        call.cancellation().check();
        if (System.nanoTime() - shown >= TICK_NANOS) {
            shown = System.nanoTime();
            line.show(width -> cut(progress(), width - 1), this::progress);
        }
    }

    private static String cut(String text, int columns) {
        return text.substring(0, Math.max(0, Math.min(text.length(), columns)));
    }

    private String progress() {
        String text = total() + " files " + done;
        return bytes == 0 ? text : text + ", " + ByteCount.show(bytes) + ", " + rate();
    }

    private String rate() {
        return ByteRate.show((long) (bytes / Math.max(1e-3, (System.nanoTime() - started) / 1e9)));
    }

    @Override
    public void done(FileFacts file) {
        counts.merge(file.type(), 1L, Long::sum);
    }

    @Override
    public void written(long more) {
        bytes += more;
    }

    @Override
    public void failed(Path path, String why) {
        failed(files.show(path), why);
    }

    /** As {@link #failed(Path, String)}, of a file that the caller named. */
    void failed(String path, String why) {
        line.clear();
        call.note(Printable.of(path + ": " + why));
        failures++;
        if (kept.size() < MOST_KEPT) {
            kept.add(new Json().put("path", path).put("problem", why));
        }
    }

    @Override
    public void lacking(Path path, Attribute attribute, String why) {
        lacking.merge(attribute, 1L, Long::sum);
        examples.putIfAbsent(attribute, files.show(path) + ": " + why);
    }

    boolean hasFailures() {
        return failures > 0;
    }

    private long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private long count(FileType type) {
        return counts.getOrDefault(type, 0L);
    }

    private long others() {
        return total() - count(FileType.REGULAR) - count(FileType.DIRECTORY) - count(FileType.SYMLINK);
    }

    /**
     * Says how much was done.
     *
     * @throws IOException if a file failed
     */
    void finish(boolean asJson) throws IOException {
        line.clear();
        lacking.forEach((attribute, count) -> call.note(Printable.of(
                "not kept: " + count + " " + attribute.words() + " (such as " + examples.get(attribute) + ")")));
        if (asJson) {
            call.print(json().node());
        } else {
            call.say(summary());
        }
        if (failures > 0) {
            throw new IOException(failures + (failures == 1 ? " file" : " files") + " could not be " + done);
        }
    }

    private String summary() {
        List<String> parts = new ArrayList<>();
        add(parts, count(FileType.REGULAR), "file", "files");
        add(parts, count(FileType.DIRECTORY), "folder", "folders");
        add(parts, count(FileType.SYMLINK), "symlink", "symlinks");
        add(parts, others(), "special file", "special files");
        String what = parts.isEmpty() ? "nothing" : String.join(", ", parts);
        return what + " " + done + (bytes == 0 ? "" : ", " + ByteCount.show(bytes) + ", " + rate());
    }

    private static void add(List<String> parts, long count, String one, String many) {
        if (count > 0) {
            parts.add(count + " " + (count == 1 ? one : many));
        }
    }

    private Json json() {
        List<Json> notKept = new ArrayList<>();
        lacking.forEach((attribute, count) -> notKept.add(
                new Json().put("what", attribute.words()).put("count", count).put("example", examples.get(attribute))));
        return new Json()
                .put("files", count(FileType.REGULAR))
                .put("directories", count(FileType.DIRECTORY))
                .put("symlinks", count(FileType.SYMLINK))
                .put("others", others())
                .put("writtenBytes", bytes)
                .put("failures", kept)
                .put("moreFailures", failures - kept.size())
                .put("notKept", notKept);
    }
}
