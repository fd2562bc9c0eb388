package org.hikae.tape;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.hikae.tape.store.Copy;
import org.hikae.tape.store.ObjectMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The service {@link ObjectMap}, for those within this bundle who read what the second tier has. */
@Component(service = ObjectMap.class)
public final class MapUnit implements ObjectMap {

    private final ObjectMap store;

    @Activate
    public MapUnit(@Reference StoreUnit unit) {
        store = unit.store();
    }

    @Override
    public List<Copy> copies(UUID medium, String name) throws IOException {
        return store.copies(medium, name);
    }

    @Override
    public String barcode(UUID volume) throws IOException {
        return store.barcode(volume);
    }

    @Override
    public void doubt(long copy, String why) throws IOException {
        store.doubt(copy, why);
    }
}
