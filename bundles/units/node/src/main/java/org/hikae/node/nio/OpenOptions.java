package org.hikae.node.nio;

import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;

/**
 * How a file is opened.
 *
 * @param create whether it is made if it is not there; only together with write
 * @param createNew whether it must not be there; only together with write
 * @param truncate whether it is emptied; only together with write
 * @param sync whether each write is durable, with times, when it returns
 * @param dataSync whether each write is durable when it returns
 */
record OpenOptions(
        boolean read,
        boolean write,
        boolean append,
        boolean create,
        boolean createNew,
        boolean truncate,
        boolean deleteOnClose,
        boolean sync,
        boolean dataSync,
        boolean follow) {

    /**
     * @throws IllegalArgumentException if options exclude each other
     * @throws UnsupportedOperationException if an option is not known
     */
    static OpenOptions of(Set<? extends OpenOption> options) {
        for (OpenOption option : options) {
            Objects.requireNonNull(option);
            if (!(option instanceof StandardOpenOption || option instanceof LinkOption)) {
                throw new UnsupportedOperationException("no option " + option + " for opening a file");
            }
        }
        boolean append = options.contains(StandardOpenOption.APPEND);
        boolean write = append || options.contains(StandardOpenOption.WRITE);
        boolean read = options.contains(StandardOpenOption.READ);
        boolean truncate = options.contains(StandardOpenOption.TRUNCATE_EXISTING);
        if (append && (read || truncate)) {
            throw new IllegalArgumentException("APPEND excludes READ and TRUNCATE_EXISTING");
        }
        return new OpenOptions(
                read || !write,
                write,
                append,
                write && options.contains(StandardOpenOption.CREATE),
                write && options.contains(StandardOpenOption.CREATE_NEW),
                write && truncate,
                options.contains(StandardOpenOption.DELETE_ON_CLOSE),
                options.contains(StandardOpenOption.SYNC),
                options.contains(StandardOpenOption.DSYNC),
                !options.contains(LinkOption.NOFOLLOW_LINKS) && !options.contains(StandardOpenOption.DELETE_ON_CLOSE));
    }
}
