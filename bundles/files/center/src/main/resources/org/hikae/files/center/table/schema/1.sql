-- What is on media of runs of clients. All of it can be made anew from the media.
CREATE TABLE IF NOT EXISTS hikae_files_backup (
    id BIGINT NOT NULL PRIMARY KEY,
    origin VARCHAR(100) NOT NULL,
    name VARCHAR(100) NOT NULL,
    full_from BIGINT NOT NULL,
    listing BIGINT NOT NULL,
    unswept BOOLEAN NOT NULL,
    UNIQUE (origin, name)
);
CREATE TABLE IF NOT EXISTS hikae_files_run (
    id BIGINT NOT NULL PRIMARY KEY,
    backup BIGINT NOT NULL,
    number BIGINT NOT NULL,
    base BIGINT NOT NULL,
    taken BIGINT NOT NULL,
    info VARCHAR(2000) NOT NULL,
    durable BIGINT NOT NULL,
    complete BOOLEAN NOT NULL,
    state SMALLINT NOT NULL,
    UNIQUE (backup, number)
);
CREATE TABLE IF NOT EXISTS hikae_files_part (
    run BIGINT NOT NULL,
    first BIGINT NOT NULL,
    frames BIGINT NOT NULL,
    medium VARCHAR(100) NOT NULL,
    bytes BIGINT NOT NULL,
    frames_at BIGINT NOT NULL,
    frames_end BIGINT NOT NULL,
    state BYTEA NOT NULL,
    open_frame BIGINT NOT NULL,
    open_item INTEGER NOT NULL,
    open_position BIGINT NOT NULL,
    ended BOOLEAN NOT NULL,
    PRIMARY KEY (run, first)
);
CREATE TABLE IF NOT EXISTS hikae_files_entry (
    run BIGINT NOT NULL,
    frame BIGINT NOT NULL,
    item INTEGER NOT NULL,
    last_frame BIGINT NOT NULL,
    position BIGINT NOT NULL,
    backup BIGINT NOT NULL,
    number BIGINT NOT NULL,
    until_number BIGINT NOT NULL,
    path_key BYTEA NOT NULL,
    path BYTEA,
    kind SMALLINT NOT NULL,
    type SMALLINT NOT NULL,
    size BIGINT NOT NULL,
    modified_s BIGINT NOT NULL,
    modified_n INTEGER NOT NULL,
    sha256 BYTEA,
    doubt VARCHAR(1000),
    content SMALLINT NOT NULL,
    content_run BIGINT,
    content_frame BIGINT,
    content_item INTEGER,
    content_last BIGINT,
    content_position BIGINT,
    PRIMARY KEY (run, frame, item)
);
CREATE INDEX IF NOT EXISTS hikae_files_entry_path ON hikae_files_entry (backup, path_key, number);
CREATE INDEX IF NOT EXISTS hikae_files_entry_content ON hikae_files_entry (content_run, content_frame, content_item);
