package org.hikae.media.format;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
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

    /** Behind a name, for a revision from 1 on. */
    private static final String REVISION_PATTERN = "(?:-([1-9][0-9]{0,8}))?";

    private static final String FRAMES_PATTERN = "data" + REVISION_PATTERN + "\\.[0-9]{2,}\\.[0-9]{4,}|log\\.[0-9]{4,}";

    private static final Pattern FRAMES = Pattern.compile(FRAMES_PATTERN);

    private static final Pattern OWN =
            Pattern.compile("(?:index|meta)" + REVISION_PATTERN + "|image|log-index|" + FRAMES_PATTERN);

    private static final Pattern REVISED = Pattern.compile("(?:manifest|index|meta|data)-([1-9][0-9]{0,8})(?:\\..*)?");

    private static final Pattern MANIFEST = Pattern.compile("manifest" + REVISION_PATTERN);

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

    /** The generation of whose own frames an object of that name would be. */
    public static Optional<GenerationId> ofFrames(String name) {
        return ofObject(name).filter(id -> FRAMES.matcher(id.rest(name)).matches());
    }

    /** The manifest that the generation's backup has sealed. */
    public String manifest() {
        return manifest(0);
    }

    /** @param revision 0 for what the backup has sealed; from 1 on, the number of the merge that has made it anew (a.10) */
    public String manifest(int revision) {
        return name("manifest" + suffix(revision));
    }

    public String index() {
        return index(0);
    }

    /** @param revision as for {@link #manifest(int)} */
    public String index(int revision) {
        return name("index" + suffix(revision));
    }

    /**
     * The meta information of a group's files.
     *
     * @param revision as for {@link #manifest(int)}; it may be an older one than the manifest's
     */
    public String meta(int revision) {
        return name("meta" + suffix(revision));
    }

    /** The object of a generation in the layout of an image. */
    public String image() {
        return name("image");
    }

    public String data(int writer, int sequence) {
        return data(0, writer, sequence);
    }

    /** @param revision as for {@link #manifest(int)} */
    public String data(int revision, int writer, int sequence) {
        return name(String.format(Locale.ROOT, "data%s.%02d.%04d", suffix(revision), writer, sequence));
    }

    /** Whether an object is that of copied frames with these numbers, of whatever revision. */
    public boolean isData(String objectName, int writer, int sequence) {
        Matcher matcher = FRAMES.matcher(rest(objectName));
        if (!matcher.matches()) {
            return false;
        }
        int revision = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
        return objectName.equals(data(revision, writer, sequence));
    }

    /** @param manifestMedium id of the medium that the manifest lies on if the log lies on another, else null */
    public String log(int sequence, UUID manifestMedium) {
        return name(String.format(Locale.ROOT, "log.%04d", sequence) + suffix(manifestMedium));
    }

    /** @param manifestMedium as for {@link #log} */
    public String logIndex(UUID manifestMedium) {
        return name("log-index" + suffix(manifestMedium));
    }

    /** The revision whose manifest an object of this generation is, if it is one. */
    public OptionalInt revisionOfManifest(String objectName) {
        Matcher matcher = MANIFEST.matcher(rest(objectName));
        if (!matcher.matches()) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1)));
    }

    /** The revision that an object of this generation was made for; 0 if for none, or if it is no such object. */
    public int revisionOf(String objectName) {
        Matcher matcher = REVISED.matcher(rest(objectName));
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /** Whether an object of this generation is one that is garbage if no manifest on its medium refers to it (R19). */
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

    private static String suffix(int revision) {
        return revision == 0 ? "" : "-" + revision;
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
