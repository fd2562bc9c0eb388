package org.hikae.tape.store;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.api.tape.spi.TapeLibrary;
import org.hikae.api.tape.spi.TapeLibraryDriver;

/** A driver that tells a hook of each thing that is written, before and after. */
public final class HookDriver implements TapeLibraryDriver {

    private final TapeLibraryDriver driver;
    private volatile Hook hook = (method, after) -> {};

    /** Is told. */
    @FunctionalInterface
    public interface Hook {

        /** @param method of the drive, such as {@code write} */
        void step(String method, boolean after) throws IOException;
    }

    HookDriver(TapeLibraryDriver driver) {
        this.driver = driver;
    }

    public void set(Hook next) {
        hook = next;
    }

    @Override
    public void prepare(String location, Map<String, String> options) throws IOException {
        driver.prepare(location, options);
    }

    @Override
    public TapeLibrary open(String location) throws IOException {
        TapeLibrary library = driver.open(location);
        return (TapeLibrary) Proxy.newProxyInstance(
                TapeLibrary.class.getClassLoader(), new Class<?>[] {TapeLibrary.class}, (proxy, method, args) -> {
                    Object result = invoke(library, method, args);
                    return result instanceof TapeDrive drive ? hooked(drive) : result;
                });
    }

    private TapeDrive hooked(TapeDrive drive) {
        return (TapeDrive) Proxy.newProxyInstance(
                TapeDrive.class.getClassLoader(), new Class<?>[] {TapeDrive.class}, (proxy, method, args) -> {
                    boolean writes = method.getName().startsWith("write");
                    if (writes) {
                        hook.step(method.getName(), false);
                    }
                    Object result = invoke(drive, method, args);
                    if (writes) {
                        hook.step(method.getName(), true);
                    }
                    return result;
                });
    }

    private static Object invoke(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
