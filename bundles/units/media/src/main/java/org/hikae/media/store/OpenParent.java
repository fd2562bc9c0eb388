package org.hikae.media.store;

import java.io.IOException;
import java.util.Objects;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationRequest;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.MediumRef;
import org.hikae.media.format.ParentRef;
import org.hikae.media.index.SpanSource;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.read.ChainReader;
import org.hikae.media.write.Parent;

/** A generation that is held open while another is made that builds upon it. */
final class OpenParent implements Parent {

    private final ChainReader reader;
    private final UsableMedium medium;
    private final Children children;

    /**
     * @param medium where the child is made
     * @throws IOException if the child cannot build upon it
     */
    OpenParent(ChainReader reader, GenerationRequest request, UsableMedium medium, Children children)
            throws IOException {
        this.reader = reader;
        this.medium = medium;
        this.children = children;
        check(reader.info(), request);
    }

    private static void check(GenerationInfo parent, GenerationRequest child) throws IOException {
        boolean sameDisk = parent.disk().equals(child.disk()) && parent.diskId().equals(child.diskId());
        if (!sameDisk || parent.size() != child.size() || parent.blockSize() != child.blockSize()) {
            throw new IOException("generation " + parent.id() + " is of "
                    + (sameDisk ? "disk " + parent.disk() + " when it had another size" : "another disk")
                    + ": nothing of disk " + child.disk() + " can build upon it; make a full backup");
        }
        String group = child.group() == null ? null : child.group().name();
        if (!Objects.equals(parent.groupName(), group)) {
            throw new IOException("generation " + parent.id() + " is of " + what(parent.groupName()) + ": nothing of "
                    + what(group) + " can build upon it; make a full backup");
        }
    }

    private static String what(String group) {
        return group == null ? "the whole disk" : "group " + group;
    }

    @Override
    public ParentRef ref() {
        return reader.asParent();
    }

    @Override
    public SpanSource blocks() throws IOException {
        return reader.spans();
    }

    @Override
    public void hasChild(GenerationId child) throws IOException {
        children.note(ref().id(), child.toString(), new MediumRef(medium.id(), medium.name()));
    }
}
