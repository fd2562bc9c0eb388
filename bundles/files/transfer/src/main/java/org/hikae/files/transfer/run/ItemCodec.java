package org.hikae.files.transfer.run;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.files.transfer.run.RunItem.Attribute;
import org.hikae.files.transfer.run.RunItem.Content;
import org.hikae.files.transfer.run.RunItem.Data;
import org.hikae.files.transfer.run.RunItem.End;
import org.hikae.files.transfer.run.RunItem.FileEnd;
import org.hikae.files.transfer.run.RunItem.FileItem;
import org.hikae.files.transfer.run.RunItem.FileVoid;
import org.hikae.files.transfer.run.RunItem.Follows;
import org.hikae.files.transfer.run.RunItem.Gone;
import org.hikae.files.transfer.run.RunItem.Nothing;
import org.hikae.files.transfer.run.RunItem.Same;
import org.hikae.files.transfer.run.RunItem.Start;
import org.hikae.files.transfer.run.RunItem.Times;

/** Items as bytes: kind (1 byte), length of the rest (4), the rest; big-endian. Each item is checked by itself alone. */
public final class ItemCodec {
    /** Bytes of a packed item before its fields. */
    static final int HEAD = 1 + Integer.BYTES;

    /** Bytes of a piece of content before the content. */
    static final int DATA_HEAD = HEAD + Long.BYTES;

    static final int DATA = 3;

    private static final int START = 1;
    private static final int FILE = 2;
    private static final int FILE_END = 4;
    private static final int FILE_VOID = 5;
    private static final int GONE = 6;
    private static final int END = 7;

    private static final int NOTHING = 0;
    private static final int FOLLOWS = 1;
    private static final int SAME = 2;

    private static final FileType[] TYPES = {
        FileType.REGULAR,
        FileType.DIRECTORY,
        FileType.SYMLINK,
        FileType.CHARACTER_DEVICE,
        FileType.BLOCK_DEVICE,
        FileType.FIFO,
        FileType.SOCKET
    };

    private ItemCodec() {}

    /**
     * The bytes of an item.
     *
     * @throws FormatException if something in it is not allowed; says what
     */
    public static byte[] pack(RunItem item) throws FormatException {
        ItemRules.check(item);
        PackedOutput out = new PackedOutput();
        put(item, out);
        if (out.length() > FrameHeader.MAX_RAW) {
            throw new FormatException("an item of " + out.length() + " bytes: " + FrameHeader.MAX_RAW + " are allowed");
        }
        return out.bytes();
    }

    /**
     * Takes an item off the buffer. The bytes of {@link Data} stay those of the buffer.
     *
     * @throws FormatException if it is none, or something in it is not allowed; says what
     */
    public static RunItem take(ByteBuffer from) throws FormatException {
        PackedInput head = new PackedInput(from);
        int kind = head.code();
        int length = head.count();
        if (length < 0 || length > from.remaining()) {
            throw new FormatException("an item of " + length + " bytes, of which " + from.remaining() + " are there");
        }
        PackedInput fields = new PackedInput(from.slice(from.position(), length));
        from.position(from.position() + length);
        RunItem item = fields(kind, fields);
        fields.end();
        ItemRules.check(item);
        return item;
    }

    static void put(RunItem item, PackedOutput out) {
        PackedOutput fields = new PackedOutput();
        int kind = putFields(item, fields);
        out.code(kind).bytes(fields.bytes());
    }

    private static int putFields(RunItem item, PackedOutput out) {
        if (item instanceof Start start) {
            out.number(start.id().getMostSignificantBits()).number(start.id().getLeastSignificantBits());
            out.text(start.backup()).number(start.number()).number(start.base()).time(start.taken());
            return START;
        } else if (item instanceof FileItem file) {
            putFile(file, out);
            return FILE;
        } else if (item instanceof Data data) {
            byte[] bytes = new byte[data.bytes().remaining()];
            data.bytes().duplicate().get(bytes);
            out.number(data.offset()).raw(bytes);
            return DATA;
        } else if (item instanceof FileEnd end) {
            out.raw(end.sha256()).text(end.doubt());
            return FILE_END;
        } else if (item instanceof FileVoid) {
            return FILE_VOID;
        } else if (item instanceof Gone gone) {
            out.name(gone.path());
            return GONE;
        } else if (item instanceof End end) {
            out.number(end.files()).number(end.gone()).number(end.bytes()).raw(end.digest());
            return END;
        }
        throw new IllegalArgumentException("an item of " + item.getClass());
    }

    private static void putFile(FileItem file, PackedOutput out) {
        out.name(file.path()).code(code(file.type())).count(file.mode());
        out.count((int) file.uid()).count((int) file.gid()).text(file.owner()).text(file.group());
        Times times = file.times();
        out.time(times.modified()).time(times.changed());
        out.timeOrNull(times.accessed()).timeOrNull(times.created());
        out.number(file.size());
        out.name(file.target() == null ? FileName.of(new byte[0]) : file.target());
        out.number(file.device()).number(file.link());
        out.count(file.attributes().size());
        for (Attribute attribute : file.attributes()) {
            out.name(attribute.name()).bytes(attribute.value());
        }
        Content content = file.content();
        if (content instanceof Same same) {
            out.code(SAME).number(same.run()).name(same.path());
        } else {
            out.code(content instanceof Follows ? FOLLOWS : NOTHING);
        }
    }

    private static int code(FileType type) {
        for (int code = 0; code < TYPES.length; code++) {
            if (TYPES[code] == type) {
                return code;
            }
        }
        throw new IllegalArgumentException("a file of type " + type);
    }

    private static RunItem fields(int kind, PackedInput in) throws FormatException {
        switch (kind) {
            case START:
                return new Start(
                        new UUID(in.number(), in.number()),
                        in.text(ItemRules.MAX_TEXT),
                        in.number(),
                        in.number(),
                        in.time());
            case FILE:
                return file(in);
            case DATA:
                return new Data(in.number(), in.rest());
            case FILE_END:
                return new FileEnd(in.raw(ContentHash.LENGTH), in.text(ItemRules.MAX_DOUBT));
            case FILE_VOID:
                return new FileVoid();
            case GONE:
                return new Gone(in.name(ItemRules.MAX_PATH));
            case END:
                return new End(in.number(), in.number(), in.number(), in.raw(RunDigest.LENGTH));
            default:
                throw new FormatException("an item of kind " + kind + ", which is not known here");
        }
    }

    private static FileItem file(PackedInput in) throws FormatException {
        FileName path = in.name(ItemRules.MAX_PATH);
        int type = in.code();
        if (type >= TYPES.length) {
            throw new FormatException("a file of type " + type + ", which is not known here");
        }
        int mode = in.count();
        long uid = Integer.toUnsignedLong(in.count());
        long gid = Integer.toUnsignedLong(in.count());
        String owner = in.text(ItemRules.MAX_TEXT);
        String group = in.text(ItemRules.MAX_TEXT);
        Times times = new Times(in.time(), in.time(), in.timeOrNull(), in.timeOrNull());
        long size = in.number();
        FileName target = in.name(ItemRules.MAX_PATH);
        long device = in.number();
        long link = in.number();
        List<Attribute> attributes = attributes(in);
        return new FileItem(
                path,
                TYPES[type],
                mode,
                uid,
                gid,
                owner,
                group,
                times,
                size,
                target.length() == 0 ? null : target,
                device,
                attributes,
                link,
                content(in));
    }

    private static List<Attribute> attributes(PackedInput in) throws FormatException {
        int count = in.count();
        if (count < 0 || count > ItemRules.MAX_ATTRIBUTES) {
            throw new FormatException(count + " extended attributes: " + ItemRules.MAX_ATTRIBUTES + " are allowed");
        }
        List<Attribute> attributes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            attributes.add(new Attribute(in.name(ItemRules.MAX_TEXT), in.bytes(FrameHeader.MAX_RAW)));
        }
        return attributes;
    }

    private static Content content(PackedInput in) throws FormatException {
        int kind = in.code();
        switch (kind) {
            case NOTHING:
                return new Nothing();
            case FOLLOWS:
                return new Follows();
            case SAME:
                return new Same(in.number(), in.name(ItemRules.MAX_PATH));
            default:
                throw new FormatException("a content of kind " + kind + ", which is not known here");
        }
    }
}
