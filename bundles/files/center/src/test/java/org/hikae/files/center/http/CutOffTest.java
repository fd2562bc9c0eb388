package org.hikae.files.center.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hikae.files.transfer.message.ErrorReply;
import org.junit.jupiter.api.Test;

/** What goes wrong when an answer has begun ends its connection: nothing is thrown through the server, which would log it as a fault. */
class CutOffTest {

    private final List<Object> errors = new ArrayList<>();

    /** What the server itself gives; where there is no status any more, -1 ends the connection. */
    private final HttpServletResponse own = (HttpServletResponse) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, method, args) -> {
                switch (method.getName()) {
                    case "isCommitted":
                        return true;
                    case "sendError":
                        errors.add(args[0]);
                        return null;
                    default:
                        throw new IllegalStateException("it has begun");
                }
            });

    /** As that of the whiteboard: what it does about an error begins an answer. */
    private final HttpServletResponse wrapped = new HttpServletResponseWrapper(new HttpServletResponseWrapper(own)) {
        @Override
        public void sendError(int status) {
            resetBuffer();
        }
    };

    private static HttpServletRequest request(Supplier<String> uri) {
        Map<String, Supplier<String>> answers = Map.of("getRequestURI", uri, "getRemoteAddr", () -> "::1");
        return (HttpServletRequest) Proxy.newProxyInstance(
                CutOffTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, args) ->
                        answers.getOrDefault(method.getName(), () -> null).get());
    }

    private void serve(HttpServletRequest request) throws IOException {
        new FilesServlet(null, null, System::nanoTime).service(request, wrapped);
    }

    @Test
    void aRefusal() throws IOException {
        serve(request(() -> "/there/is/no/such/resource"));
        assertThat(errors).containsExactly(-1);
    }

    @Test
    void aFailure() throws IOException {
        serve(request(() -> {
            throw new IllegalStateException("a fault");
        }));
        assertThat(errors).containsExactly(-1);
    }

    @Test
    void whatIsRefusedLater() throws IOException {
        Answers.refuse(wrapped, Answers.refusal(403, ErrorReply.REVOKED, "not any more"));
        assertThat(errors).containsExactly(-1);
    }
}
