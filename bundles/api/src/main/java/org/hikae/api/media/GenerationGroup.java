package org.hikae.api.media;

import java.util.List;
import org.hikae.api.group.Meta;

/**
 * Of which files of its disk a generation holds the content.
 *
 * @param name of the group; its differentials build upon generations of the same name and disk (b.7)
 * @param meta whose names and attributes it has (b.6)
 * @param list the group list at T0, see {@link org.hikae.api.group.Groups}
 */
public record GenerationGroup(String name, Meta meta, List<String> list) {

    public GenerationGroup {
        list = List.copyOf(list);
    }
}
