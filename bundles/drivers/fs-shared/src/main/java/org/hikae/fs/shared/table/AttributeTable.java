package org.hikae.fs.shared.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fs.shared.store.Changes;
import org.hikae.fs.shared.store.Table;
import org.hikae.fs.shared.store.View;

/** Extended attributes, by inode and name. */
public final class AttributeTable {

    /** How much a file's attributes can take together, names and values and {@link #OVERHEAD} for each, in bytes. */
    public static final long MOST = 1 << 20;

    /** What each attribute counts for, beside its name and value, in bytes. */
    private static final int OVERHEAD = 64;

    /** The longest value, in bytes. */
    public static final int LONGEST_VALUE = 64 << 10;

    private static final int LONGEST_NAME = 255;
    private static final String STRUCTURE = "table of attributes";

    private AttributeTable() {}

    /** An attribute as it stands in the table. */
    public record Attribute(long inode, ExtendedAttribute attribute) {}

    public static boolean contains(View view, long inode, FileName name) throws IOException {
        return view.get(Table.ATTRIBUTES, Keys.of(inode, name.bytes())) != null;
    }

    public static void put(Changes changes, long inode, FileName name, byte[] value) throws IOException {
        if (name.length() == 0 || name.length() > LONGEST_NAME || value.length > LONGEST_VALUE) {
            throw new IllegalArgumentException(
                    "not an attribute: a name of " + name.length() + " bytes and a value of " + value.length);
        }
        changes.put(Table.ATTRIBUTES, Keys.of(inode, name.bytes()), value.clone());
    }

    public static void remove(Changes changes, long inode, FileName name) throws IOException {
        changes.remove(Table.ATTRIBUTES, Keys.of(inode, name.bytes()));
    }

    public static List<ExtendedAttribute> list(View view, long inode) throws IOException {
        List<ExtendedAttribute> all = list(view, inode, (int) (MOST / OVERHEAD) + 1);
        long size = 0;
        for (ExtendedAttribute each : all) {
            size += size(each.name(), each.value());
        }
        if (size > MOST) {
            throw new FileSystemRefusedException("attributes of inode " + inode, -1, "they are more than there can be");
        }
        return all;
    }

    /** What an attribute counts for. */
    public static long size(FileName name, byte[] value) {
        return OVERHEAD + name.length() + (long) value.length;
    }

    private static List<ExtendedAttribute> list(View view, long inode, int most) throws IOException {
        List<ExtendedAttribute> found = new ArrayList<>();
        scan(view, inode, each -> {
            if (each.inode() != inode) {
                return false;
            }
            found.add(each.attribute());
            return found.size() < most;
        });
        return found;
    }

    /**
     * Removes attributes of a file.
     *
     * @param most how many at most
     * @return how many were removed; there may be more if they are so many
     */
    public static int removeAll(Changes changes, long inode, int most) throws IOException {
        List<ExtendedAttribute> some = list(changes, inode, most);
        for (ExtendedAttribute each : some) {
            remove(changes, inode, each.name());
        }
        return some.size();
    }

    /** Shows attributes from an inode on, those of later ones too, until the visitor has enough. */
    public static void scan(View view, long inode, RecordVisitor<Attribute> visitor) throws IOException {
        Records.scan(view, Table.ATTRIBUTES, Keys.of(inode), AttributeTable::decode, visitor);
    }

    private static Attribute decode(byte[] key, byte[] value) throws FileSystemRefusedException {
        long inode = Keys.first(key, STRUCTURE);
        FileName name = FileName.of(Keys.rest(key, 1));
        if (name.length() == 0 || name.length() > LONGEST_NAME || value.length > LONGEST_VALUE) {
            throw new FileSystemRefusedException(
                    "attribute '" + name + "' of inode " + inode, -1, "it is too long, or has no name");
        }
        return new Attribute(inode, new ExtendedAttribute(name, value));
    }
}
