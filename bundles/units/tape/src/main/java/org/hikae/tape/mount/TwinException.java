package org.hikae.tape.mount;

import java.io.IOException;
import java.util.List;

/** Several cartridges have the same barcode, by which they are told apart: none of them is loaded. */
public final class TwinException extends IOException {

    private static final long serialVersionUID = 1;

    /** @param places where they are, for people */
    TwinException(String barcode, List<String> places) {
        super(describe(barcode, places));
    }

    /** What is to be said of them. */
    public static String describe(String barcode, List<String> places) {
        return "there are " + places.size() + " cartridges of the barcode " + barcode + ": in "
                + String.join(" and in ", places) + "; take out all but one, or give them other barcodes";
    }
}
