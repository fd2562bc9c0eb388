package org.hikae.api.tape;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a scan of cartridges has found.
 *
 * @param cartridges number of those that were read
 * @param objects number of objects that are known now and were not before
 * @param media names by ids of the media whose objects are on tape
 * @param problems what could not be read or is missing, a sentence each with the barcode
 */
public record ScanReport(int cartridges, int objects, Map<UUID, String> media, List<String> problems) {}
