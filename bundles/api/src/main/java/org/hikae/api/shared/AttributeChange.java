package org.hikae.api.shared;

import java.time.Instant;

/**
 * Attributes that are to be changed; what is null stays.
 *
 * @param mode permissions, set-user-id, set-group-id and sticky bits, 0 to 07777
 * @param uid number of the owner, 0 to 2^32-1
 * @param gid number of the group, 0 to 2^32-1
 * @param accessed time of the last access
 * @param modified time of the last change of the content
 * @param created time of creation
 */
public record AttributeChange(Integer mode, Long uid, Long gid, Instant accessed, Instant modified, Instant created) {

    public static AttributeChange mode(int mode) {
        return new AttributeChange(mode, null, null, null, null, null);
    }

    public static AttributeChange owner(Long uid, Long gid) {
        return new AttributeChange(null, uid, gid, null, null, null);
    }

    public static AttributeChange times(Instant modified, Instant accessed, Instant created) {
        return new AttributeChange(null, null, null, accessed, modified, created);
    }
}
