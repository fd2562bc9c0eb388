package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hikae.api.nbd.NbdExport;
import org.hikae.api.nbd.NbdServer;

/** Exports of made-up disks and generations. */
final class FakeNbd implements NbdServer {

    final Set<String> mounted = new TreeSet<>();
    String listening;

    @Override
    public List<NbdExport> list() {
        return List.of(
                new NbdExport("data", 256L << 20, false, 2, false, uri("data"), null),
                new NbdExport("data@1", 256L << 20, true, 0, mounted.contains("data@1"), uri("data@1"), null));
    }

    @Override
    public String uri(String export) {
        return "nbd+unix:///" + export + "?socket=/home/nbd.sock";
    }

    @Override
    public NbdExport mount(String generation) throws IOException {
        if (!generation.equals("data@1")) {
            throw new IOException("there is no generation " + generation);
        }
        mounted.add(generation);
        return list().get(1);
    }

    @Override
    public void unmount(String generation) throws IOException {
        if (!mounted.remove(generation)) {
            throw new IOException("generation " + generation + " is not mounted; see 'nbd list'");
        }
    }

    @Override
    public Set<String> mounted() {
        return mounted;
    }

    @Override
    public String listen(String address) {
        listening = address;
        return address;
    }

    @Override
    public void unlisten() {
        listening = null;
    }

    @Override
    public Optional<String> listening() {
        return Optional.ofNullable(listening);
    }
}
