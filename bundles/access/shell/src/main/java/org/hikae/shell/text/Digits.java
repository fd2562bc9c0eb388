package org.hikae.shell.text;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers for people to read, the same in every locale. */
final class Digits {

    private Digits() {}

    /** Three significant digits, but all digits before the point, and no zeros at the end of a fraction. */
    static String three(double value) {
        int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
        BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP);
        return (rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros()).toPlainString();
    }
}
