package org.hikae.files.center;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import javax.net.ssl.SSLSocket;
import org.hikae.files.transfer.identity.Identity;
import org.hikae.files.transfer.identity.TlsContexts;
import org.hikae.files.transfer.message.Messages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A center over real TLS, and requests as no library makes them. */
class HttpsFixture {

    @TempDir
    Path folder;

    Lab lab;

    @BeforeEach
    void listen() throws IOException {
        lab = new Lab(folder.resolve("center"));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    static String code(HttpResponse<byte[]> answer) throws IOException {
        return Messages.errorReply(answer.body()).code();
    }

    byte[] head(String method, String path, String type, int length) {
        return (method + " " + path + " HTTP/1.1\r\nHost: " + lab.address + "\r\nContent-Type: " + type
                        + "\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    SSLSocket socket(Identity identity) throws IOException {
        var context = TlsContexts.of(identity, Clock.systemUTC());
        return (SSLSocket) context.getSocketFactory().createSocket(lab.address.host(), lab.address.port());
    }

    String raw(Identity identity, byte[] request) throws IOException {
        try (SSLSocket socket = socket(identity)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.US_ASCII);
        }
    }
}
