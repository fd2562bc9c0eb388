package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.disk.Mark;
import org.hikae.api.disk.Marks;

/** Marks in a list, whatever the disk. */
final class FakeMarks implements Marks {

    final Map<String, Mark> marks = new TreeMap<>();

    @Override
    public Mark add(String disk, String name) {
        Mark mark = new Mark(name, Platform.NOON, FakeTracker.NEW);
        marks.put(name, mark);
        return mark;
    }

    @Override
    public List<Mark> list(String disk) {
        return List.copyOf(marks.values());
    }

    @Override
    public void remove(String disk, String name) throws IOException {
        if (marks.remove(name) == null) {
            throw new IOException("disk '" + disk + "' has no mark '" + name + "'");
        }
    }
}
