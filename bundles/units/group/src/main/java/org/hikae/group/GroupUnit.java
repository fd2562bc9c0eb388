package org.hikae.group;

import java.io.IOException;
import java.util.List;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.group.Group;
import org.hikae.api.group.Groups;
import org.osgi.service.component.annotations.Component;

/** The one registry of groups (23). */
@Component
public final class GroupUnit implements Groups {

    @Override
    public List<Group> list() {
        return List.of();
    }

    @Override
    public Group get(String name) throws IOException {
        throw new IOException("not there yet");
    }

    @Override
    public void add(Group group) throws IOException {
        throw new IOException("not there yet");
    }

    @Override
    public void replace(Group group) throws IOException {
        throw new IOException("not there yet");
    }

    @Override
    public void remove(String name) throws IOException {
        throw new IOException("not there yet");
    }

    @Override
    public BlockSet select(List<String> list, FileSystem fileSystem, Visitor visitor) throws IOException {
        throw new IOException("not there yet");
    }
}
