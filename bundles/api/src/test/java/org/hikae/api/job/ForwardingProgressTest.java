package org.hikae.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForwardingProgressTest {

    private static final Map<Class<?>, Object> ARGUMENTS = Map.of(
            String.class,
            "text",
            long.class,
            7L,
            Runnable.class,
            (Runnable) () -> {},
            Progress.Check.class,
            (Progress.Check) () -> {});

    private final List<String> told = new ArrayList<>();

    /** Those of the interface that have a body too: what is forgotten there is shown nowhere. */
    @Test
    void everythingIsHandedOnAsItIs() throws Exception {
        Progress progress = new ForwardingProgress(recording()) {};
        List<String> asked = new ArrayList<>();
        for (Method method : Progress.class.getMethods()) {
            // The one without a check is the same as the one with it.
            if (!Modifier.isStatic(method.getModifiers()) && !isPassWithoutCheck(method)) {
                Object[] arguments = Arrays.stream(method.getParameterTypes())
                        .map(ARGUMENTS::get)
                        .toArray();
                method.invoke(progress, arguments);
                asked.add(method.getName() + Arrays.toString(arguments));
            }
        }
        assertThat(told).hasSize(7).isEqualTo(asked);
    }

    private static boolean isPassWithoutCheck(Method method) {
        return method.getName().equals("pass") && method.getParameterCount() == 0;
    }

    private Progress recording() {
        return (Progress) Proxy.newProxyInstance(
                Progress.class.getClassLoader(), new Class<?>[] {Progress.class}, (proxy, method, arguments) -> {
                    told.add(method.getName() + (arguments == null ? "[]" : Arrays.toString(arguments)));
                    return null;
                });
    }
}
