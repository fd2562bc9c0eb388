package org.hikae.schedule;

import java.io.IOException;
import java.util.List;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.ScheduleStatus;
import org.hikae.api.schedule.ScheduledRun;
import org.hikae.api.schedule.Schedules;
import org.osgi.service.component.annotations.Component;

/** The one registry of schedules (b.4). */
@Component
public final class ScheduleUnit implements Schedules {

    @Override
    public List<ScheduleStatus> list() {
        return List.of();
    }

    @Override
    public ScheduleStatus get(String name) throws IOException {
        throw new IOException("not there yet");
    }

    @Override
    public void add(Schedule schedule) throws IOException {
        throw new IOException("not there yet");
    }

    @Override
    public void pause(String name) throws IOException {
        throw new IOException("not there yet");
    }

    @Override
    public void resume(String name) throws IOException {
        throw new IOException("not there yet");
    }

    @Override
    public ScheduledRun run(String name, boolean full) throws IOException {
        throw new IOException("not there yet");
    }

    @Override
    public void remove(String name) throws IOException {
        throw new IOException("not there yet");
    }
}
