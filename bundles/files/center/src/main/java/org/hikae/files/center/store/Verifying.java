package org.hikae.files.center.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.api.files.RunId;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.spi.Medium;
import org.hikae.files.center.common.DamagedFormException;
import org.hikae.files.center.store.CenterStore.Findings;
import org.hikae.files.center.table.BackupRow;
import org.hikae.files.center.table.EntryRow;
import org.hikae.files.center.table.EntryRow.Kind;
import org.hikae.files.center.table.EntryRow.Taken;
import org.hikae.files.center.table.PartRow;
import org.hikae.files.center.table.RunRow;
import org.hikae.files.transfer.run.ContentHash;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunItem.Data;
import org.hikae.files.transfer.run.RunItem.FileEnd;
import org.hikae.files.transfer.run.RunItem.FileItem;
import org.hikae.files.transfer.run.RunItem.FileVoid;
import org.hikae.files.transfer.run.RunItem.Follows;
import org.hikae.files.transfer.run.RunParser;
import org.hikae.files.transfer.run.RunState;
import org.hikae.files.transfer.run.StoredFrame;

/** Reads everything, and says which files are damaged. Used once. */
final class Verifying {

    private static final int PROBLEMS = 1000;

    /** Rows of clients' tables that are asked for at once. */
    private static final int PAGE = 1000;

    private final Core core;
    private final Progress progress;
    private final List<String> problems = new ArrayList<>();
    private long parts;
    private long bytes;
    private long versions;
    private long damaged;

    Verifying(Core core, Progress progress) {
        this.core = core;
        this.progress = progress;
    }

    private record Run(RunId id, RunRow row, List<PartRow> parts) {}

    Findings run(String origin) throws IOException {
        progress.total(core.tables().call(connection -> PartRow.bytes(connection, origin)));
        if (origin != null) {
            check(core.tables().call(connection -> BackupRow.list(connection, origin)));
        } else {
            List<BackupRow> page = List.of();
            do {
                long last = page.isEmpty() ? 0 : page.get(page.size() - 1).id();
                page = core.tables().call(connection -> BackupRow.page(connection, last, PAGE));
                check(page);
            } while (page.size() == PAGE);
        }
        return new Findings(parts, bytes, versions, damaged, problems);
    }

    private void check(List<BackupRow> backups) throws IOException {
        for (BackupRow backup : backups) {
            progress.phase("reading files of " + backup.origin());
            for (RunRow row : core.tables().call(connection -> RunRow.list(connection, backup.id()))) {
                RunId id = new RunId(backup.origin(), backup.name(), row.number());
                new RunCheck(new Run(id, row, core.tables().call(connection -> PartRow.list(connection, row.id()))))
                        .check();
            }
        }
    }

    private void say(String problem) {
        damaged++;
        if (problems.size() < PROBLEMS) {
            problems.add(problem);
        }
    }

    /** Reads one run. */
    private final class RunCheck {

        private final Run run;
        private final Set<EntryRow.Place> said = new HashSet<>();
        /** Null: the items of the next frame are looked at without knowing what came before. */
        private RunParser parser;

        private long expected = -1;
        /** Of the content that is open; null: none is, or its beginning was not seen. */
        private ContentHash hash;

        private FileItem file;

        RunCheck(Run run) {
            this.run = run;
        }

        void check() throws IOException {
            try {
                for (PartRow part : run.parts) {
                    progress.pass();
                    check(part);
                }
            } finally {
                forget();
            }
        }

        private void check(PartRow part) throws IOException {
            PartName name = PartName.part(run.id, part.first());
            Medium area = core.area(part.medium());
            long[] positions = null;
            try {
                PartFile read = PartFile.read(area, name);
                positions = read.positions();
            } catch (DamagedPartException e) {
                Verifying.this.say("part " + name + " on medium '" + part.medium() + "': " + Reason.of(e));
                if (e.getCause() instanceof DamagedFormException) {
                    lost(part.first(), part.end(), Reason.of(e));
                    return; // nobody can tell where any of its bytes are
                }
            } catch (NoSuchFileException e) {
                if (!core.tables().call(connection -> PartRow.isThere(connection, run.row.id(), part.first()))) {
                    return; // it was dropped meanwhile
                }
                Verifying.this.say("part " + name + " is not on medium '" + part.medium() + "' any more");
                lost(part.first(), part.end(), "it is not on the medium any more");
                return;
            }
            parts++;
            bytes += part.bytes();
            try (PartInput input = new PartInput(area.open(name.toString()), part.framesEnd())) {
                read(part, input, positions);
            }
            progress.advance(part.bytes());
        }

        private void read(PartRow part, PartInput input, long[] positions) throws IOException {
            long at = part.framesAt();
            for (long frame = part.first(); frame < part.end(); frame++) {
                progress.check();
                if (positions != null) {
                    at = positions[(int) (frame - part.first())];
                }
                try {
                    StoredFrame stored = input.frame(at);
                    at += stored.header().frameLength();
                    look(frame, stored);
                } catch (IOException e) {
                    forget();
                    long end = positions == null ? part.end() : frame + 1;
                    long before = damaged;
                    lost(frame, end, Reason.of(e));
                    if (damaged == before) {
                        Verifying.this.say("run " + run.id + ", in which no version is damaged: " + Reason.of(e));
                    }
                    if (positions == null) {
                        return;
                    }
                }
            }
        }

        private void look(long frame, StoredFrame stored) throws IOException {
            if (stored.number() != frame) {
                throw new IOException("frame " + stored.number() + " is where frame " + frame + " should be");
            }
            if (parser == null || expected != frame) {
                forget();
                parser = new RunParser(RunState.unknown(frame));
            }
            List<RunItem> items = parser.items(stored);
            expected = frame + 1;
            for (RunItem item : items) {
                look(frame, item);
            }
        }

        private void look(long frame, RunItem item) throws IOException {
            if (item instanceof FileItem next) {
                versions++;
                file = next;
                hash = next.content() instanceof Follows ? new ContentHash() : null;
            } else if (item instanceof Data data && hash != null) {
                hash.add(data.offset(), data.bytes());
            } else if (item instanceof FileEnd end && hash != null) {
                if (!Arrays.equals(hash.finish(file.size()), end.sha256())) {
                    lostFile(frame, "its content has another SHA-256 than was said when it was copied");
                }
                hash = null;
            } else if (item instanceof FileVoid) {
                hash = null;
            }
        }

        private void forget() {
            if (parser != null) {
                parser.close();
                parser = null;
            }
            hash = null;
        }

        /** The file that ends in a frame. */
        private void lostFile(long frame, String why) throws IOException {
            for (EntryRow entry :
                    core.tables().call(connection -> EntryRow.in(connection, run.row.id(), frame, frame + 1))) {
                if (entry.path().equals(file.path()) && entry.last() == frame) {
                    say(entry, why);
                }
            }
        }

        /** All that have something in these frames. */
        private void lost(long first, long end, String why) throws IOException {
            for (EntryRow entry : core.tables().call(connection -> EntryRow.in(connection, run.row.id(), first, end))) {
                say(entry, why);
            }
        }

        private void say(EntryRow entry, String why) throws IOException {
            if (entry.kind() == Kind.VERSION && said.add(entry.place())) {
                name(entry, why);
            }
            if (entry.holdsContent()) {
                for (Taken user : core.tables().call(connection -> EntryRow.users(connection, entry.place()))) {
                    if (said.add(user.entry().place())) {
                        name(user.entry(), why);
                    }
                }
            }
        }

        private void name(EntryRow entry, String why) {
            RunId id = new RunId(run.id.origin(), run.id.backup(), entry.number());
            Verifying.this.say(entry.path() + " of run " + id + ": " + why);
        }
    }
}
