package org.hikae.files.relay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.io.DurableFiles;

/**
 * The runs that a center above has wholly and durably, of those that are still here (I6). A file of lines: the first one says what it
 * is; each other one is CRC-32C, name and identity of a run, put behind the others and forced. What follows a line that is not whole was never
 * forced, and does not count. To lose a line loses nothing: the center gives its receipt again when it is asked. Thread-safe.
 */
final class ReceiptLog implements Closeable {

    private static final String FILE = "receipts";
    private static final String HEAD = "hikae-relay-receipts 1\n";
    private static final int CRC_DIGITS = 8;
    private static final int PARTS = 4;
    /** Lines of runs that are not here any more, before the file is written anew. */
    private static final int SLACK = 1000;

    private final Path file;

    /** Guarded by this, as all below. */
    private final Set<Receipt> receipts = new HashSet<>();

    private FileChannel channel;
    private long end;
    private long lines;

    /** Of one run: another one of the same number has no part in it. */
    private record Receipt(RunId run, UUID identity) {

        static Receipt of(RunInfo run) {
            return new Receipt(run.id(), run.identity());
        }
    }

    private ReceiptLog(Path file) {
        this.file = file;
    }

    static ReceiptLog open(Path folder) throws IOException {
        ReceiptLog log = new ReceiptLog(folder.resolve(FILE));
        log.read();
        return log;
    }

    private synchronized void read() throws IOException {
        String text = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        if (text.startsWith(HEAD)) {
            int at = HEAD.length();
            for (int to = text.indexOf('\n', at); to >= 0; to = text.indexOf('\n', at)) {
                Optional<Receipt> receipt = parse(text.substring(at, to));
                if (receipt.isEmpty()) {
                    break;
                }
                receipts.add(receipt.get());
                lines++;
                at = to + 1;
            }
            end = at;
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
        } else {
            rewrite();
        }
    }

    private static String line(Receipt receipt) {
        String text = receipt.run + "/" + receipt.identity;
        return crc(text) + " " + text + "\n";
    }

    private static String crc(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return String.format(Locale.ROOT, "%0" + CRC_DIGITS + "x", crc.getValue());
    }

    private static Optional<Receipt> parse(String line) {
        if (line.length() <= CRC_DIGITS + 1) {
            return Optional.empty();
        }
        String text = line.substring(CRC_DIGITS + 1);
        String[] parts = text.split("/", -1);
        if (parts.length != PARTS || !line.equals(crc(text) + " " + text)) {
            return Optional.empty();
        }
        try {
            RunId run = new RunId(parts[0], parts[1], Long.parseLong(parts[2]));
            return Optional.of(new Receipt(run, UUID.fromString(parts[PARTS - 1])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    synchronized boolean has(RunInfo run) {
        return receipts.contains(Receipt.of(run));
    }

    /** Notes a receipt, durably. Again: does nothing. */
    synchronized void add(RunInfo run) throws IOException {
        if (channel == null) {
            throw new IOException("the relay is stopped");
        }
        Receipt receipt = Receipt.of(run);
        if (receipts.contains(receipt)) {
            return;
        }
        byte[] bytes = line(receipt).getBytes(StandardCharsets.US_ASCII);
        // At a place of its own: what an attempt that failed has left there is written over.
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer, end + buffer.position());
        }
        channel.force(true);
        end += bytes.length;
        lines++;
        receipts.add(receipt);
    }

    /** Forgets what is not here any more; the file shrinks when that pays. */
    synchronized void retain(Collection<RunInfo> here) throws IOException {
        receipts.retainAll(here.stream().map(Receipt::of).collect(Collectors.toSet()));
        if (channel != null && lines > 2L * receipts.size() + SLACK) {
            rewrite();
        }
    }

    private void rewrite() throws IOException {
        StringBuilder text = new StringBuilder(HEAD);
        receipts.forEach(receipt -> text.append(line(receipt)));
        byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        DurableFiles.createFolders(file.getParent());
        DurableFiles.replace(file, bytes);
        FileChannel next = FileChannel.open(file, StandardOpenOption.WRITE);
        if (channel != null) {
            channel.close();
        }
        channel = next;
        end = bytes.length;
        lines = receipts.size();
    }

    /** Idempotent. */
    @Override
    public synchronized void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
