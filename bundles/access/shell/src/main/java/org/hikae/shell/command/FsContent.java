package org.hikae.shell.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.List;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.Printable;
import org.hikae.shell.tree.TreeCopy;

/** Prints the content of files, byte by byte as it is. */
final class FsContent {

    private static final int PIECE = 1 << 18;

    private final Call call;
    private final NodeFiles files;

    FsContent(Call call, NodeFiles files) {
        this.call = call;
        this.files = files;
    }

    /** @throws IOException if a file could not be read, after the others were */
    void print(List<String> paths) throws IOException {
        int failures = 0;
        for (String each : paths) {
            DiskPath path = DiskPath.parse(each);
            try (InputStream in = Files.newInputStream(files.at(path))) {
                if (!print(in)) {
                    return;
                }
            } catch (IOException e) {
                call.note(Printable.of(each + ": " + TreeCopy.why(e)));
                failures++;
            }
        }
        if (failures > 0) {
            throw new IOException(failures + (failures == 1 ? " file" : " files") + " could not be read");
        }
    }

    /** @return false if nobody reads any more, which whoever carries the output to its end tells of if it matters */
    private boolean print(InputStream in) throws IOException {
        PrintStream out = call.caller().out();
        byte[] piece = new byte[PIECE];
        int read;
        while ((read = in.read(piece)) >= 0) {
            call.cancellation().check();
            out.write(piece, 0, read);
            if (out.checkError()) {
                return false;
            }
        }
        return true;
    }
}
