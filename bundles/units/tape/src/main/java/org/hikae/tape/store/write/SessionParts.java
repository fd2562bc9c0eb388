package org.hikae.tape.store.write;

import org.hikae.tape.mount.Labeller;
import org.hikae.tape.mount.Mounts;
import org.hikae.tape.store.registry.ObjectBook;
import org.hikae.tape.store.registry.TableBook;
import org.hikae.tape.store.registry.VolumeBook;
import org.hikae.tape.store.scan.CatchUp;

/** What all sessions share. */
public record SessionParts(
        Mounts mounts,
        VolumeBook volumes,
        TableBook tables,
        ObjectBook objects,
        CatchUp catchUp,
        Labeller labeller,
        Reservations reservations,
        WriteLimits limits) {}
