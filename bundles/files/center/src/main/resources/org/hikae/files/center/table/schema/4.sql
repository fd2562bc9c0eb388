-- Content that several parts have lies once, in objects of its own. All of it can be made anew from the media.
-- Objects of parts that are stored without what others have too; pending: another form of the same object may be there still.
CREATE TABLE IF NOT EXISTS hikae_files_slim (
    medium VARCHAR(100) NOT NULL,
    name VARCHAR(400) NOT NULL,
    form BIGINT NOT NULL,
    length BIGINT NOT NULL,
    stored BIGINT NOT NULL,
    pending BOOLEAN NOT NULL,
    PRIMARY KEY (medium, name, form)
);
-- Objects of what several parts have, and who refers to them.
CREATE TABLE IF NOT EXISTS hikae_files_common (
    medium VARCHAR(100) NOT NULL,
    id VARCHAR(36) NOT NULL,
    bytes BIGINT NOT NULL,
    PRIMARY KEY (medium, id)
);
CREATE TABLE IF NOT EXISTS hikae_files_use (
    medium VARCHAR(100) NOT NULL,
    id VARCHAR(36) NOT NULL,
    name VARCHAR(400) NOT NULL,
    form BIGINT NOT NULL,
    PRIMARY KEY (medium, id, name, form)
);
CREATE INDEX IF NOT EXISTS hikae_files_use_name ON hikae_files_use (medium, name, form);
-- Large content by what was said of it: where equal content may be.
CREATE TABLE IF NOT EXISTS hikae_files_large (
    run BIGINT NOT NULL,
    frame BIGINT NOT NULL,
    item INTEGER NOT NULL,
    sha256 BYTEA NOT NULL,
    PRIMARY KEY (run, frame, item),
    FOREIGN KEY (run, frame, item) REFERENCES hikae_files_entry (run, frame, item) ON DELETE CASCADE
);
CREATE INDEX IF NOT EXISTS hikae_files_large_sha256 ON hikae_files_large (sha256, run, frame, item);
-- What is to be done to share what is in a part: 0 to be looked at, 1 others may have the same, 2 nothing, 3 nothing until the next start, or a day later.
ALTER TABLE hikae_files_part ADD COLUMN IF NOT EXISTS sharing SMALLINT DEFAULT 0 NOT NULL;
CREATE INDEX IF NOT EXISTS hikae_files_part_sharing ON hikae_files_part (sharing, run, first);
