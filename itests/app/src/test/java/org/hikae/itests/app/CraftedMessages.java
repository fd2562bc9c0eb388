package org.hikae.itests.app;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What no client sends, made by hand. */
final class CraftedMessages {

    private CraftedMessages() {}

    static String poll(String sequence, String route, String runs) {
        return "{\"incarnation\":\"00000000-0000-0001-0000-000000000001\",\"sequence\":" + sequence + ",\"route\":"
                + route + ",\"runs\":" + runs + ",\"more\":false}";
    }

    static String runs(String origin, int many) {
        List<String> runs = new ArrayList<>();
        for (int number = 1; number <= many; number++) {
            runs.add("{\"origin\":\"" + origin + "\",\"backup\":\"b\",\"number\":" + number
                    + ",\"identity\":\"" + CraftedRun.IDENTITY
                    + "\",\"base\":0,\"taken\":\"2026-01-01T00:00:00Z\",\"finish\":false,\"frames\":1,\"bytes\":1,"
                    + "\"files\":1}");
        }
        return "[" + String.join(",", runs) + "]";
    }

    /** Zeros, so many mebibytes. */
    static byte[] bomb(int mebibytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(bytes)) {
            byte[] mebibyte = new byte[1 << 20];
            for (int i = 0; i < mebibytes; i++) {
                out.write(mebibyte);
            }
        }
        return bytes.toByteArray();
    }
}
