package org.hikae.nbd.export;

import java.io.IOException;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Generations;

/** A generation, straight from its medium. */
record GenerationSource(String name, Generations generations) implements Source {

    @Override
    public String description(BlockDevice device) {
        return describe(((GenerationReader) device).info());
    }

    static String describe(GenerationInfo info) {
        String what = info.group() == null ? "" : "group " + info.groupName() + " of ";
        return what + "disk " + info.disk() + " as it stood at " + info.instant();
    }

    @Override
    public GenerationReader open() throws IOException {
        return generations.open(name);
    }
}
