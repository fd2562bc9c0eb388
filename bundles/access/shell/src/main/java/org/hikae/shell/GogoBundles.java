package org.hikae.shell;

import java.util.Arrays;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Bundles as arguments of Gogo's own commands, such as {@code stop 47}: by id or by symbolic name. Gogo knows how to find
 * them only with its own terminal shell, which is not here.
 */
final class GogoBundles implements Converter {

    private final BundleContext context;

    GogoBundles(BundleContext context) {
        this.context = context;
    }

    @Override
    public Object convert(Class<?> type, Object in) {
        if (type != Bundle.class) {
            return null;
        } else if (in instanceof Bundle bundle) {
            return bundle;
        }
        String text = String.valueOf(in);
        return text.matches("[0-9]{1,18}")
                ? context.getBundle(Long.parseLong(text))
                : Arrays.stream(context.getBundles())
                        .filter(bundle -> text.equals(bundle.getSymbolicName()))
                        .findFirst()
                        .orElse(null);
    }

    @Override
    public CharSequence format(Object target, int level, Converter escape) {
        return null;
    }
}
