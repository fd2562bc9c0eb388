package org.hikae.files.client.capture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.fs.FileName;
import org.hikae.api.job.Reason;

/** What a run has come across. Not thread-safe. */
final class Findings {

    private static final int NAMED = 20;

    private final List<String> named = new ArrayList<>();
    private long unread;
    long files;
    long changed;
    long gone;
    long bytes;
    long doubtful;

    /** Something of which no state, or no new one, is in the run. */
    void unread(byte[] path, Throwable why) {
        unread(FileName.of(path) + ": " + reason(why));
    }

    void unread(String what) {
        unread++;
        if (named.size() < NAMED) {
            named.add(what);
        }
    }

    /** Its message names the path mostly, as Java can show it; it is named as it is elsewhere. */
    private static String reason(Throwable why) {
        String reason = Reason.of(why);
        if (why instanceof java.nio.file.FileSystemException file && file.getFile() != null) {
            String prefix = Path.of(file.getFile()) + ": ";
            return reason.startsWith(prefix) ? reason.substring(prefix.length()) : reason;
        }
        return reason;
    }

    /** In a sentence; null: nothing is wrong. */
    String problem() {
        if (unread == 0 && doubtful == 0) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        if (unread > 0) {
            text.append(unread == 1 ? "1 file or folder" : unread + " files or folders")
                    .append(" could not be read: ")
                    .append(String.join("; ", named));
            text.append(unread > named.size() ? "; and others" : "");
        }
        if (doubtful > 0) {
            text.append(text.length() == 0 ? "" : ". ")
                    .append(doubtful == 1 ? "1 file" : doubtful + " files")
                    .append(" changed each time that they were copied, and are marked");
        }
        return text.toString();
    }

    Map<String, Object> result(long number) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("run", number);
        result.put("files", files);
        result.put("changedFiles", changed);
        result.put("goneFiles", gone);
        result.put("bytes", bytes);
        result.put("unreadFiles", unread);
        result.put("doubtfulFiles", doubtful);
        String problem = problem();
        if (problem != null) {
            result.put("problem", problem);
        }
        return result;
    }
}
