package org.hikae.shell.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.hikae.shell.call.UsageException;

/** A time as people write it: a day stands for its end, since what is asked for is what was there then. */
final class PointInTime {

    private PointInTime() {}

    /** @throws UsageException if it is none */
    static Instant parse(String text, ZoneId zone) throws UsageException {
        String time = text.strip().replace(' ', 'T');
        try {
            if (time.indexOf('T') < 0) {
                return LocalDate.parse(time).plusDays(1).atStartOfDay(zone).toInstant();
            } else if (time.matches(".*(Z|[+-][0-9:]{2,6})")) {
                return OffsetDateTime.parse(time).toInstant();
            }
            return LocalDateTime.parse(time).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new UsageException(
                    "'" + text + "' is not a time such as 2026-11-01, 2026-11-01T12:00 or 2026-11-01T12:00:00+01:00");
        }
    }
}
