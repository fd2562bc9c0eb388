package org.hikae.files.center;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.UUID;
import org.hikae.files.center.authority.CertificateAuthority;
import org.hikae.files.center.authority.Enrolment;
import org.hikae.files.center.authority.Members;
import org.hikae.files.center.collect.Ledger;
import org.hikae.files.center.collect.StoredLedger;
import org.hikae.files.center.table.Tables;
import org.hikae.io.DurableFiles;

/** What a center keeps in the home: its authority, its members, and in its tables its history. Each is opened when it is first needed. Thread-safe. */
final class CenterHome implements Closeable {

    private static final String ID = "id";

    private final Path folder;
    private final Tables tables;
    private final InstantSource clock;
    private CertificateAuthority authority;
    private Members members;
    private StoredLedger ledger;
    private UUID id;

    /** @param tables in which the history is kept */
    CenterHome(Path folder, Tables tables, InstantSource clock) {
        this.folder = folder;
        this.tables = tables;
        this.clock = clock;
    }

    Path folder() {
        return folder;
    }

    /** Whether a center was ever started here: it has an authority. */
    boolean isFounded() {
        return CertificateAuthority.exists(folder);
    }

    private void create() throws IOException {
        if (Files.notExists(folder)) {
            DurableFiles.createFolders(folder);
            try {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            } catch (UnsupportedOperationException e) {
                // A file system without such permissions: its files are as private as its folders.
                return;
            }
        }
    }

    synchronized CertificateAuthority authority() throws IOException {
        if (authority == null) {
            create();
            authority = CertificateAuthority.open(folder, clock);
        }
        return authority;
    }

    synchronized Members members() throws IOException {
        if (members == null) {
            create();
            members = Members.open(folder);
        }
        return members;
    }

    Enrolment enrolment() throws IOException {
        return new Enrolment(authority(), members(), clock);
    }

    /** @throws IOException if the tables cannot be read */
    synchronized Ledger ledger() throws IOException {
        if (ledger == null) {
            ledger = StoredLedger.open(tables, clock);
        }
        return ledger;
    }

    /** By which relays notice that what they hand on comes back. */
    synchronized UUID id() throws IOException {
        if (id == null) {
            create();
            Path file = folder.resolve(ID);
            if (Files.notExists(file)) {
                DurableFiles.replace(file, UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
            }
            try {
                id = UUID.fromString(
                        Files.readString(file, StandardCharsets.US_ASCII).strip());
            } catch (IllegalArgumentException e) {
                throw new IOException(file + " is not the id of a center", e);
            }
        }
        return id;
    }

    /** Idempotent; what is asked for afterwards is opened again. */
    @Override
    public synchronized void close() {
        if (members != null) {
            members.close();
            members = null;
        }
        if (ledger != null) {
            ledger.close();
            ledger = null;
        }
    }
}
