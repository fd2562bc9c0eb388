package org.hikae.api.files.client;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.hikae.api.files.TransferWindow;

/**
 * A row of the backup control table (e.1).
 *
 * @param name a letter or digit, then up to 62 letters, digits, dots, dashes and underscores
 * @param paths absolute files and folders (with all that is in them), and patterns with {@code *}, {@code **} and {@code ?}
 * @param exclusions what is left out of that, as {@code paths}; those without a slash match names at any depth
 * @param times when local backups are made: minute, hour, day of the month, month, day of the week as cron has them; null: when asked
 * @param zone of these times
 * @param window when the transfer is wished; null: at any time
 * @param finish whether a transfer that has begun may go on after the window has closed
 * @param center name of the center; null: the only one there is
 * @param keepInBuffer how long what has been sent stays in the buffer for quick restores; zero: not at all
 * @param endToEnd whether a run stays in the buffer until all centers that are to have it have given their receipts, and not only the next
 *     party, which may be a relay (R23)
 */
public record BackupRow(
        String name,
        List<String> paths,
        List<String> exclusions,
        String times,
        ZoneId zone,
        TransferWindow window,
        boolean finish,
        String center,
        Duration keepInBuffer,
        boolean endToEnd) {

    public BackupRow {
        paths = List.copyOf(paths);
        exclusions = List.copyOf(exclusions);
    }

    /** One that is released by the receipt of the next party. */
    public BackupRow(
            String name,
            List<String> paths,
            List<String> exclusions,
            String times,
            ZoneId zone,
            TransferWindow window,
            boolean finish,
            String center,
            Duration keepInBuffer) {
        this(name, paths, exclusions, times, zone, window, finish, center, keepInBuffer, false);
    }
}
