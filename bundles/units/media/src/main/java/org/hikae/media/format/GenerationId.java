package org.hikae.media.format;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a generation, {@code DISK@N}, which is also the folder of its objects, and the names of these.
 *
 * @param number from 1
 */
public record GenerationId(String disk, long number) {

    private static final Pattern ID = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,62})@([1-9][0-9]{0,17})");

    private static final String UUID_PATTERN = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /** An object of a generation that lies on another medium than its manifest, and that medium's id. */
    private static final Pattern FOREIGN = Pattern.compile("log(?:-index|\\.[0-9]{4,})-(" + UUID_PATTERN + ")");

    private static final Pattern OWN =
            Pattern.compile("index|image|data\\.[0-9]{2,}\\.[0-9]{4,}|log\\.[0-9]{4,}|log-index");

    static final String MANIFEST = "manifest";

    static String of(String disk, long number) {
        return disk + "@" + number;
    }

    /** The id that the text is, if it is one. */
    public static Optional<GenerationId> parse(String text) {
        Matcher matcher = ID.matcher(text);
        return matcher.matches()
                ? Optional.of(new GenerationId(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** The generation that an object of that name would belong to. */
    public static Optional<GenerationId> ofObject(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? Optional.empty() : parse(name.substring(0, slash));
    }

    /** Whether a disk of that name can have generations. */
    public static boolean isDisk(String name) {
        return parse(of(name, 1)).isPresent();
    }

    public String manifest() {
        return name(MANIFEST);
    }

    public String index() {
        return name("index");
    }

    /** The object of a generation in the layout of an image. */
    public String image() {
        return name("image");
    }

    public String data(int writer, int sequence) {
        return name(String.format(Locale.ROOT, "data.%02d.%04d", writer, sequence));
    }

    /** @param manifestMedium id of the medium that the manifest lies on if the log lies on another, else null */
    public String log(int sequence, UUID manifestMedium) {
        return name(String.format(Locale.ROOT, "log.%04d", sequence) + suffix(manifestMedium));
    }

    /** @param manifestMedium as for {@link #log} */
    public String logIndex(UUID manifestMedium) {
        return name("log-index" + suffix(manifestMedium));
    }

    /** Whether an object of this generation is one that is garbage if there is no manifest beside it. */
    public boolean needsManifestBeside(String objectName) {
        return OWN.matcher(rest(objectName)).matches();
    }

    /** The medium on which an object needs this generation's manifest, if that is another one than its own. */
    public Optional<UUID> needsManifestOn(String objectName) {
        Matcher matcher = FOREIGN.matcher(rest(objectName));
        return matcher.matches() ? Optional.of(UUID.fromString(matcher.group(1))) : Optional.empty();
    }

    private String name(String object) {
        return this + "/" + object;
    }

    private static String suffix(UUID medium) {
        return medium == null ? "" : "-" + medium;
    }

    private String rest(String objectName) {
        String folder = this + "/";
        return objectName.startsWith(folder) ? objectName.substring(folder.length()) : "";
    }

    @Override
    public String toString() {
        return of(disk, number);
    }
}
