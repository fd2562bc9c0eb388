package org.hikae.fsext.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.fs.FileSystemRefusedException;

/**
 * The three sets of features of a file system, as bits.
 *
 * @param compatible features that a reader may ignore
 * @param incompatible features that nobody may ignore
 * @param readOnlyCompatible features that only a writer must know; some change what bitmaps mean all the same
 */
public record Features(int compatible, int incompatible, int readOnlyCompatible) {

    public static final int HAS_JOURNAL = 0x4;
    public static final int SPARSE_SUPER2 = 0x200;

    public static final int FILETYPE = 0x2;
    public static final int NEEDS_RECOVERY = 0x4;
    public static final int JOURNAL_DEV = 0x8;
    public static final int META_BG = 0x10;
    public static final int WIDE = 0x80;
    public static final int MMP = 0x100;
    public static final int FLEX_BG = 0x200;
    public static final int CSUM_SEED = 0x2000;
    public static final int LARGE_DIR = 0x4000;

    public static final int SPARSE_SUPER = 0x1;
    public static final int UNINIT_BG = 0x10;
    public static final int BIGALLOC = 0x200;
    public static final int METADATA_CSUM = 0x400;

    private static final Map<Integer, String> COMPATIBLE =
            names("dir_prealloc imagic_inodes has_journal ext_attr resize_inode dir_index lazy_bg exclude_inode"
                    + " exclude_bitmap sparse_super2 fast_commit stable_inodes orphan_file");
    private static final Map<Integer, String> INCOMPATIBLE =
            names("compression filetype needs_recovery journal_dev meta_bg - extent 64bit mmp flex_bg ea_inode -"
                    + " dirdata metadata_csum_seed large_dir inline_data encrypt casefold");
    private static final Map<Integer, String> READ_ONLY_COMPATIBLE =
            names("sparse_super large_file btree_dir huge_file uninit_bg dir_nlink extra_isize snapshot quota bigalloc"
                    + " metadata_csum replica read-only project shared_blocks verity orphan_present");

    /** All but compression, journal_dev and dirdata. */
    private static final int KNOWN_INCOMPATIBLE = 0x3E7D6;
    /** All but snapshot and replica. */
    private static final int KNOWN_READ_ONLY_COMPATIBLE = 0x1F77F;

    /** What ext2 and ext3 may have. */
    private static final int OLD_INCOMPATIBLE = FILETYPE | NEEDS_RECOVERY | META_BG;

    private static final int OLD_READ_ONLY_COMPATIBLE = 0x7;

    private static Map<Integer, String> names(String list) {
        Map<Integer, String> names = new TreeMap<>();
        String[] words = list.split(" ", -1);
        for (int bit = 0; bit < words.length; bit++) {
            if (!words[bit].equals("-")) {
                names.put(bit, words[bit]);
            }
        }
        return names;
    }

    public boolean compatible(int feature) {
        return (compatible & feature) != 0;
    }

    public boolean incompatible(int feature) {
        return (incompatible & feature) != 0;
    }

    public boolean readOnlyCompatible(int feature) {
        return (readOnlyCompatible & feature) != 0;
    }

    /** Whether group descriptors have checksums, and say what was never initialized. */
    public boolean hasGroupChecksums() {
        return readOnlyCompatible(UNINIT_BG | METADATA_CSUM);
    }

    /** {@code ext2}, {@code ext3} or {@code ext4}: the oldest that knows all of these features. */
    public String format() {
        if ((incompatible & ~OLD_INCOMPATIBLE) != 0 || (readOnlyCompatible & ~OLD_READ_ONLY_COMPATIBLE) != 0) {
            return "ext4";
        }
        return compatible(HAS_JOURNAL) ? "ext3" : "ext2";
    }

    /** The names that e2fsprogs gives them. */
    public List<String> list() {
        List<String> list = new ArrayList<>(list(compatible, COMPATIBLE, 'C'));
        list.addAll(list(incompatible, INCOMPATIBLE, 'I'));
        list.addAll(list(readOnlyCompatible, READ_ONLY_COMPATIBLE, 'R'));
        return list;
    }

    private static List<String> list(int bits, Map<Integer, String> names, char kind) {
        List<String> list = new ArrayList<>();
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            if ((bits >>> bit & 1) != 0) {
                list.add(names.getOrDefault(bit, "FEATURE_" + kind + bit));
            }
        }
        return list;
    }

    /** @throws FileSystemRefusedException if there is a feature that this driver does not know; names all of them */
    void check() throws FileSystemRefusedException {
        if (incompatible(JOURNAL_DEV)) {
            throw new FileSystemRefusedException(
                    "superblock", -1, "this is the external journal of a file system, and not one itself");
        }
        List<String> unknown = new ArrayList<>(list(incompatible & ~KNOWN_INCOMPATIBLE, INCOMPATIBLE, 'I'));
        unknown.addAll(list(readOnlyCompatible & ~KNOWN_READ_ONLY_COMPATIBLE, READ_ONLY_COMPATIBLE, 'R'));
        if (!unknown.isEmpty()) {
            throw new FileSystemRefusedException(
                    "superblock",
                    -1,
                    "the file system uses features that are not supported: " + String.join(", ", unknown));
        }
    }
}
